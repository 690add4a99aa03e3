// A JNI library without functions. The presets for PyTorch load OpenBLAS's JNI library but call nothing in it: libtorch
// contains its own OpenBLAS.
#include <jni.h>

extern "C" JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM*, void*) {
    return JNI_VERSION_1_8;
}
