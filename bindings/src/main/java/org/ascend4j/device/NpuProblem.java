package org.ascend4j.device;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.python.PythonException;

/**
 * The problems that people meet most with Ascend NPUs, recognised by what CANN and torch_npu say, with what to do.
 *
 * @param pattern what the message contains
 * @param name the problem's name
 * @param remedy what to do
 * @param hardware whether a driver or device file that this machine or container lacks may be the cause
 */
public record NpuProblem(Pattern pattern, String name, String remedy, boolean hardware) {
    private static final List<NpuProblem> KNOWN = List.of(
            known(
                    "(without torch_npu::init_npu|libtorch_npu: libtorch_python\\.so|undefined \\w+.*init_npu)",
                    "this libtorch_npu.so is the wheel's, which cannot start without Python",
                    "use --npu-runtime wheel, or name the one that build_libtorch_npu.py makes"),
            atTheHardware(
                    "(libascend_hal|libdrvdsmi|libdcmi)[^:]*\\.so[^:]*: cannot open",
                    "the NPU driver's libraries are missing",
                    "mount /usr/local/Ascend/driver into the container and add its lib64/driver and lib64/common to"
                            + " LD_LIBRARY_PATH"),
            known(
                    "(lib[a-z_0-9]+\\.so[^:]*): cannot open shared object",
                    "a library of CANN is missing",
                    "run 'source /usr/local/Ascend/ascend-toolkit/set_env.sh' before the start"),
            known(
                    "version `GLIBC(XX)?_[0-9.]+' not found",
                    "the system's C or C++ library is too old",
                    "use a newer system image, or a torch_npu built for an older one"),
            known(
                    "undefined symbol: \\S+",
                    "torch, torch_npu and CANN do not fit together",
                    "install the torch_npu that was made for torch 2.7.1 and the CANN named in its release notes"),
            known(
                    "No module named '?(decorator|sympy|scipy|attr|psutil|cloudpickle|yaml|numpy)",
                    "CANN's operator compiler lacks a Python package",
                    "pip install decorator sympy scipy attrs psutil cloudpickle pyyaml numpy into the torch home"),
            known(
                    "(ge\\.debugDir|debug_dir|Failed to init tbe|kernel_meta).*",
                    "the working directory cannot be written",
                    "start from a folder that you may write to: CANN's compiler keeps files in the current one"),
            known(
                    "(AclSetCompileopt|build op model failed|\\b500001\\b)",
                    "CANN's operator compiler does not start",
                    "pip install decorator sympy scipy attrs psutil cloudpickle pyyaml numpy into the torch home, start in"
                            + " a writable folder, and see ~/ascend/log"),
            known(
                    "cannot allocate memory in static TLS block",
                    "libgomp was loaded too late for its thread-local memory",
                    "set LD_PRELOAD to the libgomp named in the message"),
            atTheHardware(
                    "(\\b507033\\b|\\b507008\\b|-8005|-8020|[Dd]evice (is )?busy|ACL_ERROR_RT_DEV_SETUP_ERROR|used by another)",
                    "the NPU cannot be set up, or another process or container holds it",
                    "see 'npu-smi info', give each NPU to one container only, and check its firmware and driver"),
            known(
                    "aclnn\\w+.* not in lib\\w+\\.so|aclnn\\w+ .*not found",
                    "CANN is too old for this torch_npu",
                    "install the CANN named in torch_npu's release notes, or an older torch_npu"),
            known(
                    "([Uu]nsupported (soc|SOC) version|not support soc_version): ?\\S*",
                    "torch_npu does not know this chip",
                    "install a newer torch_npu for torch 2.7.1"),
            atTheHardware(
                    "(Permission denied|EACCES).*(davinci|devmm|hisi)|drvRetCode=87",
                    "the device files may not be opened",
                    "add the user to the group HwHiAiUser (docker run --group-add, or uid 1000)"),
            atTheHardware(
                    "(100021|107001|[Ii]nvalid device (ID|id)|ACL_ERROR_RT_INVALID_DEVICEID)",
                    "there is no such NPU",
                    "check the index and ASCEND_RT_VISIBLE_DEVICES"),
            known(
                    "(NPU out of memory|207018|200000|ACL_ERROR_RT_MEMORY_ALLOCATION)",
                    "the NPU is out of memory",
                    "lower --batch-size, or see with 'npu-smi info' who else uses the card"),
            known(
                    "(SUSPECT REMOTE ERROR|\\b507057\\b)",
                    "the NPU of another rank does not answer",
                    "look for a rank that failed first, and check the NPUs' network with 'hccn_tool -i 0 -link -g'"),
            known(
                    // CANN's ready operators, aclnnXxx, fail with the device; a missing one is compiled, as Xxx.
                    "current working operator name is (?!aclnn)\\w+",
                    "an operator failed",
                    "install the CANN that this torch_npu was made for (an older one lacks ready operators and compiles"
                            + " them), and see ~/ascend/log"),
            known(
                    "(working operator name is aclnn|ACL stream synchronize failed|507010|507899|507018|507035|507015|507901|[Dd]evice (is )?lost|DEVICE_TASK_ABORT|NPU function error|Rts error)",
                    "the NPU reported an error while it ran",
                    "see torch_npu's own error above, CANN's log in ~/ascend/log and 'npu-smi info -t health -i 0'"));

    static NpuProblem known(String pattern, String name, String remedy) {
        return new NpuProblem(Pattern.compile(pattern, Pattern.DOTALL), name, remedy, false);
    }

    private static NpuProblem atTheHardware(String pattern, String name, String remedy) {
        return new NpuProblem(Pattern.compile(pattern, Pattern.DOTALL), name, remedy, true);
    }

    /** Returns the known problem that a failure or one of its causes tells of. */
    public static Optional<NpuProblem> find(Throwable failure) {
        return recognise(failure).map(Recognised::problem);
    }

    /** Returns one sentence for a failure that comes from the NPU's software, with the decisive words of it or of its cause. */
    public static Ascend4jException explain(Throwable failure) {
        String sentence = recognise(failure)
                .map(found -> found.problem.name + " (" + found.line + "); " + found.problem.remedy)
                .orElseGet(() ->
                        "torch_npu failed: " + summary(failure) + "; set ASCEND4J_LOG=DEBUG for the whole message");
        return new Ascend4jException("device npu: " + sentence, failure);
    }

    private static String summary(Throwable failure) {
        if (failure instanceof PythonException python) {
            return python.summary();
        }
        String text = message(failure);
        return text.lines().findFirst().orElse(text);
    }

    /** A problem and the line of a message that tells of it. */
    private record Recognised(NpuProblem problem, String line) {}

    private static Optional<Recognised> recognise(Throwable failure) {
        String text = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(NpuProblem::message)
                .collect(Collectors.joining("\n"));
        return Stream.concat(HcclProblems.KNOWN.stream(), KNOWN.stream())
                .map(problem -> problem.recognise(text))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Recognised> recognise(String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(new Recognised(this, line(text, matcher.start()))) : Optional.empty();
    }

    /** Returns a failure's message without what JavaCPP puts before it on each way through C++ and back. */
    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage()).replace("java.lang.RuntimeException: ", "");
    }

    private static String line(String text, int at) {
        int start = text.lastIndexOf('\n', at) + 1;
        int end = text.indexOf('\n', at);
        String line = text.substring(start, end < 0 ? text.length() : end).strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
