// Exports the functions of a libtorch_npu built by build_libtorch_npu.py, under the same names, and prints which were
// called.
#include <cstdint>
#include <cstdio>
#include <stdexcept>

namespace c10 {
struct Device {
  int8_t type;
  int8_t index;
};
}  // namespace c10

namespace torch_npu {
__attribute__((visibility("default"))) void init_npu(const c10::Device& device) {
  if (device.index == 9) {
    throw std::runtime_error("no such device");
  }
  std::printf("init type %d index %d\n", device.type, device.index);
  std::fflush(stdout);
}
__attribute__((visibility("default"))) void finalize_npu() {
  std::printf("finalize\n");
  std::fflush(stdout);
}
}  // namespace torch_npu

namespace torch::npu {
__attribute__((visibility("default"))) void synchronize(int64_t index) {
  std::printf("synchronize %ld\n", static_cast<long>(index));
  std::fflush(stdout);
}
}  // namespace torch::npu
