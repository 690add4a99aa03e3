package org.ascend4j.nativelib.jni;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/**
 * Configures how JavaCPP's Parser maps the headers of src/main/cpp to the generated {@code Ascend4jNative}.
 *
 * <p>The headers use the names of torch's types without including torch's headers, so parsing works on every machine; only compiling the JNI library needs a
 * toolchain.
 */
@Properties(
        value =
                @Platform(
                        compiler = "cpp17",
                        define = {"STRING_BYTES_CHARSET \"UTF-8\""},
                        include = {
                            "python.h",
                            "autocast.h",
                            "matrix_convolution.h",
                            "winograd_convolution.h",
                            "max_pooling.h",
                            "rectified_maps.h",
                            "normalised_maps.h",
                            "profiler.h",
                            "npu_device.h",
                            "npu_stream.h",
                            "npu_event.h",
                            "npu_graph.h",
                            "libtorch_npu.h",
                            "store.h",
                            "process_group.h",
                            "gradient_buckets.h",
                            "sync_batch_norm.h",
                            "trace.h"
                        },
                        library = "jniascend4j"),
        target = "org.ascend4j.nativelib.jni",
        global = "org.ascend4j.nativelib.jni.Ascend4jNative")
public class Ascend4jNativeConfig implements InfoMapper {
    /** Called by JavaCPP's Parser. */
    public Ascend4jNativeConfig() {}

    @Override
    public void map(InfoMap infoMap) {
        infoMap.put(new Info()
                .javaText("import org.bytedeco.pytorch.IntrusivePtr;\n"
                        + "import org.bytedeco.pytorch.ProcessGroup;\n"
                        + "import org.bytedeco.pytorch.Store;\n"
                        + "import org.bytedeco.pytorch.Tensor;\n"
                        + "import org.bytedeco.pytorch.TensorVector;\n"));
        infoMap.put(new Info("at::Tensor").pointerTypes("Tensor"));
        infoMap.put(new Info("std::vector<at::Tensor>").pointerTypes("TensorVector"));
        infoMap.put(new Info("c10d::Store").pointerTypes("Store"));
        counted(infoMap, "c10d::Store", "Store");
        counted(infoMap, "c10d::ProcessGroup", "ProcessGroup");
        infoMap.put(new Info("std::string")
                .annotations("@StdString")
                .valueTypes("String")
                .pointerTypes("String"));
    }

    /** Maps a reference-counted class of torch to the presets' class for it. */
    private static void counted(InfoMap infoMap, String cppName, String javaName) {
        infoMap.put(new Info("c10::intrusive_ptr<" + cppName + ">")
                .annotations("@IntrusivePtr(\"" + cppName + "\")")
                .valueTypes("@Cast({\"\", \"c10::intrusive_ptr<" + cppName + ">&\"}) " + javaName)
                .pointerTypes(javaName));
    }
}
