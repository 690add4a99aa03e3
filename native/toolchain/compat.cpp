// Functions that a newer compiler's headers require and that a system at the minimum version (abi.py) lacks; linked
// into each library, hidden.
#include <new>
#include <pthread.h>
#include <time.h>

#define HIDDEN __attribute__((visibility("hidden")))

extern "C" {
// glibc 2.32. False is always correct: libstdc++ then counts references atomically.
HIDDEN char __libc_single_threaded = 0;

// glibc 2.30. Converts the deadline to a clock that an old glibc can wait on, with the same remaining time, as
// libstdc++ did before glibc 2.30.
HIDDEN int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                                  const timespec* deadline) noexcept(false) {
    constexpr long second = 1000000000;
    timespec now, real;
    clock_gettime(clock, &now);
    clock_gettime(CLOCK_REALTIME, &real);
    long nanoseconds = real.tv_nsec + deadline->tv_nsec - now.tv_nsec;
    real.tv_sec += deadline->tv_sec - now.tv_sec;
    for (; nanoseconds < 0; nanoseconds += second) real.tv_sec--;
    for (; nanoseconds >= second; nanoseconds -= second) real.tv_sec++;
    real.tv_nsec = nanoseconds;
    return pthread_cond_timedwait(condition, mutex, &real);
}
}

namespace std {
// GLIBCXX_3.4.29.
HIDDEN void __throw_bad_array_new_length() {
    throw bad_array_new_length();
}
}  // namespace std
