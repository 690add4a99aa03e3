package org.ascend4j.runtime;

import org.ascend4j.Ascend4jException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;

/** Actions of a process before it selects a torch home; prints the outcome of the selection. */
enum LateChoice {
    /** Loads JavaCPP's own library. */
    JAVACPP_LOADED {
        @Override
        void choose(TorchHome home) {
            new BytePointer(1).close();
            TorchRuntime.use(home);
        }
    },
    /** Loads the presets' libtorch. */
    LIBTORCH_LOADED {
        @Override
        void choose(TorchHome home) {
            TorchRuntime.load();
            TorchRuntime.use(home);
        }
    },
    /** Only queries JavaCPP for the platform, which fixes where it will search. */
    JAVACPP_INITIALISED {
        @Override
        void choose(TorchHome home) {
            Loader.getPlatform();
            TorchRuntime.use(home);
            TorchRuntime.load();
        }
    },
    /** Selects the same one. */
    TWICE {
        @Override
        void choose(TorchHome home) {
            TorchRuntime.use(home);
            TorchRuntime.use(home);
        }
    };

    static final TorchHome HOME =
            new TorchHome("/env/bin/python3", "3.11.2", null, TorchRuntime.TORCH_VERSION, "/env/torch", null, null);

    abstract void choose(TorchHome home);

    public static void main(String[] arguments) {
        try {
            valueOf(arguments[0]).choose(HOME);
            System.out.println("accepted");
        } catch (Ascend4jException e) {
            System.out.println(e.getMessage());
        }
    }
}
