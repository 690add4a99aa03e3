package org.ascend4j.device;

import java.util.List;
import java.util.regex.Pattern;

/** The known messages of CANN and torch_npu. The first match is reported: causes come before their consequences. */
final class KnownNpuProblems {
    private static final String LOG = "see CANN's log in ~/ascend/log";
    private static final String PACKAGES =
            "pip install decorator sympy scipy attrs psutil cloudpickle pyyaml 'numpy<2' into the torch home";
    private static final String OPERATOR_PACKAGE =
            "install CANN's operator package for this chip and of the toolkit's version (Ascend-cann-CHIP-ops, before 8.5"
                    + " Ascend-cann-kernels-CHIP), and source CANN's set_env.sh";

    /** The error of any device for layers whose shapes do not match. */
    static final NpuProblem SHAPES = known(
            "(The size of tensor a \\(\\d+\\) must match|mat1 and mat2 shapes cannot be multiplied|shape mismatch:)",
            "shapes of tensors differ, which is no problem of the NPU",
            "compare the model's layers with the shape of its input");

    /** All known problems, in the order in which they are tried. */
    static final List<NpuProblem> ALL = List.of(
            known(
                    "(without torch_npu::init_npu|libtorch_npu: libtorch_python\\.so|undefined \\w+[^\\n]*init_npu)",
                    "this libtorch_npu.so is the wheel's, which cannot start without Python",
                    "use --npu-runtime wheel, or name the one that build_libtorch_npu.py makes"),
            atTheHardware(
                    "(libascend_hal|libdrvdsmi|libdcmi)[^:\\n]*\\.so[^:\\n]*: cannot open",
                    "the NPU driver's libraries are missing",
                    "mount /usr/local/Ascend/driver into the container and add its lib64/driver and lib64/common to"
                            + " LD_LIBRARY_PATH"),
            known(
                    "lib[a-z_0-9]+\\.so[^:\\n]*: cannot open shared object",
                    "a library of CANN is missing",
                    "run 'source /usr/local/Ascend/cann/set_env.sh' (before CANN 8.5:"
                            + " /usr/local/Ascend/ascend-toolkit/set_env.sh) before the start"),
            known(
                    "version `GLIBC(XX)?_[0-9.]+' not found",
                    "the system's C or C++ library is too old",
                    "use a newer system image, or a torch_npu built for an older one"),
            known(
                    "(nnal/|/atb/|libtbe_adapter|libatb|libmki)[^\\n]*undefined symbol",
                    "NNAL (ATB) is of another C++ ABI or release than CANN and torch",
                    "install the NNAL of CANN's release and source its set_env.sh with --cxx_abi=1, as torch 2.7.1 has, or"
                            + " do not source it: nothing here needs it"),
            known(
                    "undefined symbol: \\S+",
                    "torch, torch_npu and CANN do not fit together",
                    "install the torch_npu that was made for torch 2.7.1 and the CANN named in its release notes: another"
                            + " release of CANN, newer or older, may lack what it calls"),
            known(
                    "(removed in the NumPy 2\\.0|compiled using NumPy 1|\\bnp\\.float_\\b|numpy\\.dtype size changed)",
                    "numpy 2 is in the Python of CANN's compiler, which needs numpy 1",
                    "pip install 'numpy<2' into the torch home, or leave --npu-jit off"),
            known(
                    "No module named '?(decorator|sympy|scipy|attr|psutil|cloudpickle|yaml|numpy)\\b",
                    "CANN's operator compiler lacks a Python package",
                    PACKAGES),
            known(
                    "(ge\\.debugDir|debug_dir|kernel_meta)[^\\n]*([Pp]ermission denied|[Rr]ead-only|is invalid|real path failed)",
                    "the working directory cannot be written",
                    "start from a folder that you may write to: CANN's compiler keeps files in the current one"),
            known(
                    "(does not has|has not|does not have) any binary|[Pp]arse dynamic kernel config fail|"
                            + code("561107|561108|561112"),
                    "CANN has no binary of an operator for this chip",
                    OPERATOR_PACKAGE),
            known(
                    "(init runtime platform info failed|\\[Init\\]\\[PlatformInfo\\]|platform_config[^\\n]*(not exist|fail))",
                    "CANN's platform files are missing or of another chip",
                    OPERATOR_PACKAGE),
            known(
                    "(AclSetCompileopt|build op model failed|Failed to init tbe|" + code("500001") + ")",
                    "CANN's operator compiler does not start",
                    PACKAGES + ", start in a writable folder, and " + LOG),
            known(
                    "cannot allocate memory in static TLS block",
                    "libgomp was loaded too late for its thread-local memory",
                    "set LD_PRELOAD to the libgomp named in the message"),
            SHAPES,
            known(
                    "([Ss]et ASCEND_RT_VISIBLE_DEVICES|[Ss]et visible device failed|input visible devices)",
                    "ASCEND_RT_VISIBLE_DEVICES names an NPU that is not there",
                    "set ASCEND_RT_VISIBLE_DEVICES to indices that 'npu-smi info' lists (in a container: from 0), or unset it"),
            known(
                    "\\bEJ0001\\b|Maybe the last training process is running",
                    "the last process on this NPU has not ended yet",
                    "wait 10 s and start again, and look with 'npu-smi info' for processes that are left over"),
            known(
                    "(\\bEI0002\\b|SUSPECT REMOTE ERROR|Notify register times out|" + code("507048|507057") + ")",
                    "the NPU of another rank does not answer",
                    "look for a rank that failed first, and check the NPUs' network with 'hccn_tool -i 0 -link -g'"),
            known(
                    "([Aa]icore timeout|[Aa]icpu timeout|[Vv]ector core timeout|" + code("507014|507017|507034") + ")",
                    "an operator timed out on the card",
                    LOG + ", which names the operator, and see with 'npu-smi info' which other processes use the card"),
            known(
                    "(\\bEE1002\\b|[Ss]tream synchroni[sz]e timeout|[Ee]vent synchroni[sz]e timeout|"
                            + code("507046|507047") + ")",
                    "a stream timed out",
                    "look for an operator or another rank that hangs (" + LOG
                            + "), or set ACL_STREAM_TIMEOUT, ACL_DEVICE_SYNC_TIMEOUT and HCCL_EXEC_TIMEOUT to more"),
            atTheHardware(
                    "(" + code("507033|507008|-8005|-8020")
                            + "|[Dd]evice (is )?busy|ACL_ERROR_RT_DEV_SETUP_ERROR|used by another)",
                    "the NPU cannot be set up, or another process or container holds it",
                    "see 'npu-smi info', give each NPU to one container only, and check its firmware and driver"),
            known(
                    "aclnn\\w+[^\\n]* not in lib\\w+\\.so|aclnn\\w+ [^\\n]*not found",
                    "CANN is too old for this torch_npu",
                    "install the CANN named in torch_npu's release notes with its operator package, or an older torch_npu"),
            known(
                    "([Uu]nsupported (soc|SOC) version|not support soc_version): ?\\S*",
                    "torch_npu does not support this chip",
                    "install a newer torch_npu for torch 2.7.1"),
            atTheHardware(
                    "(Permission denied|EACCES)[^\\n]*(davinci|devmm|hisi)|/dev/(davinci|devmm|hisi)[^\\n]*Permission denied|drvRetCode=87\\b",
                    "the device files may not be opened",
                    "add the user to the group HwHiAiUser (docker run --group-add, or uid 1000)"),
            known(
                    "(NPU out of memory|ACL_ERROR_RT_MEMORY_ALLOCATION|\\bEL0004\\b|" + code("207018|207001|200000")
                            + ")",
                    "the NPU is out of memory",
                    "lower --batch-size, or see with 'npu-smi info' which other processes use the card"),
            known(
                    // CANN's precompiled operators, aclnnXxx, fail together with the device; a missing operator is
                    // compiled under the name Xxx.
                    "current working operator name is (?!aclnn)\\w+",
                    "an operator failed",
                    "install the CANN that this torch_npu was made for (an older one lacks ready operators and compiles"
                            + " them), and " + LOG),
            known(
                    "([Aa]icore (error|exception)|[Aa]icpu exception|[Vv]ector core exception|[Aa]ivec error)",
                    "an operator failed on the card",
                    LOG + ", which names the operator, and set ASCEND_LAUNCH_BLOCKING=1 to see which call it was"),
            known(
                    "(working operator name is aclnn|working event is 0x|Inner error happened|ACL stream synchronize failed|"
                            + code("507010|507011|507015|507016|507018|507035|507036|507899|507901|107020")
                            + "|[Dd]evice (is )?lost|DEVICE_TASK_ABORT)",
                    "the NPU reported an error while it ran",
                    "see torch_npu's own error above, CANN's log in ~/ascend/log and 'npu-smi info -t health -i 0'"),
            known(
                    code("561\\d{3}"),
                    "CANN could not prepare an operator",
                    "compare the shapes and types of its inputs with CANN's list of operators, and " + LOG),
            atTheHardware(
                    "([Ii]nvalid device (ID|id)\\b|ACL_ERROR_RT_INVALID_DEVICEID|" + code("107001|100021") + ")",
                    "there is no such NPU",
                    "check the index and ASCEND_RT_VISIBLE_DEVICES"));

    private KnownNpuProblems() {}

    /** Matches a code as a whole number in the places where messages give one: "error code is 507018", "errno:561000", "result = 107001", "failed: 507008", "error 507010". */
    private static String code(String codes) {
        return "(?i:\\b(err(or)?( ?_?code)?|errno|ret(code|val)?|result|failed|code)(:? is)?)[ :=,\\[(]{0,4}(?:" + codes
                + ")(?!\\d)";
    }

    static NpuProblem known(String pattern, String name, String remedy) {
        return new NpuProblem(Pattern.compile(pattern), name, remedy, false);
    }

    private static NpuProblem atTheHardware(String pattern, String name, String remedy) {
        return new NpuProblem(Pattern.compile(pattern), name, remedy, true);
    }
}
