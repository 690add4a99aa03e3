// Compiles a function for several generations of processors; the dynamic linker selects one. It may call only functions
// that are inlined, since others keep the instructions of the oldest generation.
#pragma once

#if defined(__x86_64__)
#define FOR_THE_PROCESSOR __attribute__((optimize("O3"), target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_THE_PROCESSOR __attribute__((optimize("O3")))
#endif

// Marks the functions that those call.
#define INLINED inline __attribute__((always_inline))
