#include "npu_stream.h"

#include "guarded.h"
#include "npu_event.h"
#include "npu_guard.h"

namespace ascend4j {

int64_t npu_current_stream(int32_t device) {
  return guarded([&] { return npu_guard().getStream(npu(device)).id(); });
}

int64_t npu_default_stream(int32_t device) {
  return guarded([&] { return npu_guard().getDefaultStream(npu(device)).id(); });
}

int64_t npu_pool_stream(int32_t device, bool high_priority) {
  return guarded([&] { return npu_guard().getStreamFromGlobalPool(npu(device), high_priority).id(); });
}

int64_t npu_exchange_stream(int32_t device, int64_t stream) {
  return guarded([&] { return npu_guard().exchangeStream(npu_stream(device, stream)).id(); });
}

// Waits with an event, because the guards of 2.7.1 to 2.7.1.post3 lack synchronizeStream.
void npu_synchronize_stream(int32_t device, int64_t stream) {
  NpuEvent event(false);
  event.record(device, stream);
  event.synchronize();
  event.destroy();
}

}  // namespace ascend4j
