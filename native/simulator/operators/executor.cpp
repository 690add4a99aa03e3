#include "operator.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <cstdlib>
#include <dlfcn.h>

namespace sim {

namespace {

/**
 * Sets the number of threads of this stream for one kernel. at::set_num_threads would change the program's own default,
 * so this sets it in the OpenMP runtime that libtorch_cpu itself is linked to, for the calling thread only.
 */
void limit_threads() {
    at::get_num_threads();  // the first use on a thread installs libtorch's default
    const char* setting = std::getenv("SIM_THREADS");
    int threads = setting == nullptr ? 1 : std::max(1, std::atoi(setting));
    void* torch = dlopen("libtorch_cpu.so", RTLD_LAZY | RTLD_NOLOAD);
    void* function = torch == nullptr ? nullptr : dlsym(torch, "omp_set_num_threads");
    if (function != nullptr) {
        reinterpret_cast<void (*)(int)>(function)(threads);
    }
}

}  // namespace

void run_kernel(const std::function<void()>& kernel) {
    static thread_local bool limited = (limit_threads(), true);
    (void)limited;
    c10::InferenceMode guard;
    kernel();
}

int launch_executor(void*, uint64_t, aclOpExecutor* executor, aclrtStream stream) {
    std::string name = executor->name;
    auto kernel = std::move(executor->kernel);
    delete executor;
    return launch(stream, name, [kernel = std::move(kernel)] { run_kernel(kernel); });
}

}  // namespace sim
