package org.ascend4j.nativelib.support;

import java.util.Optional;
import org.ascend4j.nativelib.NativeLibrary;
import org.bytedeco.javacpp.Loader;

/** A requirement of a test beyond a JDK. */
public enum Prerequisite {
    /** The JNI library, which a build without a C++ toolchain omits. */
    NATIVE {
        @Override
        Optional<String> missing() {
            return NativeLibrary.missing();
        }
    },
    /** A Python with its shared library. */
    PYTHON {
        @Override
        Optional<String> missing() {
            return PythonEnvironment.find().isPresent()
                    ? Optional.empty()
                    : Optional.of("needs a python3 with libpython, on the PATH or in ASCEND4J_TORCH_HOME");
        }
    },
    /** An environment with torch 2.7.1. */
    TORCH_HOME {
        @Override
        Optional<String> missing() {
            return TorchHome.find().isPresent()
                    ? Optional.empty()
                    : Optional.of("needs ASCEND4J_TORCH_HOME, an environment with torch 2.7.1");
        }
    },
    /** An environment with torch_npu, and CANN or the simulated CANN. */
    NPU {
        @Override
        Optional<String> missing() {
            boolean torchNpu = TorchHome.find().map(TorchHome::hasTorchNpu).orElse(false);
            return torchNpu && System.getenv("ASCEND_HOME_PATH") != null
                    ? Optional.empty()
                    : Optional.of("needs torch_npu in ASCEND4J_TORCH_HOME, and CANN's set_env.sh or"
                            + " native/simulator/with-simulated-cann around Maven");
        }
    },
    /** An environment with torch_npu, and the simulated CANN: its device can be made to fail. */
    SIMULATED_NPU {
        @Override
        Optional<String> missing() {
            return NPU.missing().isPresent() || System.getenv("SIM_FAULT") != null
                    ? NPU.missing()
                    : Optional.of("needs native/simulator/with-simulated-cann around Maven");
        }
    },
    /** Linux. */
    LINUX {
        @Override
        Optional<String> missing() {
            return platform("linux");
        }
    },
    /** The platform of the libraries that produced the expected values. */
    LINUX_X86_64 {
        @Override
        Optional<String> missing() {
            return platform("linux-x86_64");
        }
    },
    /** A process that does not ignore an interrupt from the terminal. */
    SIGINT {
        @Override
        Optional<String> missing() {
            return IgnoredSignals.contains(2)
                    ? Optional.of("needs SIGINT, which is ignored here, as in a shell's background jobs,"
                            + " and so by every child")
                    : Optional.empty();
        }
    };

    /** Returns what has to be provided; empty if the prerequisite is met. */
    abstract Optional<String> missing();

    /** Returns whether the environment requires the prerequisite, in which case a missing one is a failure. */
    boolean isRequired() {
        return "1".equals(System.getenv("ASCEND4J_REQUIRE_" + name()));
    }

    private static Optional<String> platform(String prefix) {
        return Loader.getPlatform().startsWith(prefix)
                ? Optional.empty()
                : Optional.of("needs " + prefix + ", this is " + Loader.getPlatform());
    }
}
