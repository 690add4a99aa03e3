#include "npu_event.h"

#include <c10/core/DeviceGuard.h>

#include <utility>

#include "guarded.h"
#include "npu_guard.h"

namespace ascend4j {

namespace {

constexpr uint32_t kSync = 0x1;      // ACL_EVENT_SYNC of CANN's acl/acl_rt.h
constexpr uint32_t kTimeLine = 0x8;  // ACL_EVENT_TIME_LINE

// As torch.npu.Event(enable_timing=True): the guard's own events record no times with some versions of CANN.
void* create_timing_event() {
  void* event = nullptr;
  using Create = int(void**, uint32_t);
  if (loaded_symbol("libascendcl.so", "aclrtCreateEventExWithFlag") != nullptr) {
    acl_check(acl<Create>("aclrtCreateEventExWithFlag")(&event, kSync | kTimeLine), "aclrtCreateEventExWithFlag");
  } else {
    acl_check(acl<Create>("aclrtCreateEventWithFlag")(&event, kTimeLine), "aclrtCreateEventWithFlag");
  }
  return event;
}

}  // namespace

NpuEvent::NpuEvent(bool timing) : timing_(timing) {}

NpuEvent::~NpuEvent() {
  try {
    destroy();
  } catch (const std::exception&) {
    // An exception that reports the failed device is in flight, unless the caller did not destroy the event itself.
  }
}

// Not by the guard's destroyEvent: it queues a task, throws if an earlier task has failed meanwhile, and is noexcept, so
// that the process would abort.
void NpuEvent::destroy() {
  guarded([&] {
    void* event = std::exchange(event_, nullptr);
    if (event == nullptr) {
      return;
    }
    c10::DeviceGuard current(npu(device_));
    for (int64_t stream : streams_) {
      native_stream(npu_stream(device_, stream));
    }
    acl_check(acl<int(void*)>("aclrtDestroyEvent")(event), "aclrtDestroyEvent");
  });
}

void NpuEvent::record(int32_t device, int64_t stream) {
  guarded([&] {
    const auto& guard = npu_guard();
    if (device_ != -1 && device_ != device) {
      throw std::runtime_error("an event recorded on npu:" + std::to_string(device_) + " cannot move to npu:" +
                               std::to_string(device));
    }
    c10::DeviceGuard current(npu(device));
    if (timing_ && event_ == nullptr) {
      event_ = create_timing_event();
    }
    device_ = device;
    streams_.insert(stream);
    guard.record(&event_, npu_stream(device, stream), static_cast<c10::DeviceIndex>(device),
                 timing_ ? c10::EventFlag::BACKEND_DEFAULT : c10::EventFlag::PYTORCH_DEFAULT);
  });
}

void NpuEvent::block(int32_t device, int64_t stream) {
  guarded([&] {
    require_recorded();
    streams_.insert(stream);
    npu_guard().block(event_, npu_stream(device, stream));
  });
}

bool NpuEvent::done() {
  return guarded([&] {
    require_recorded();
    return npu_guard().queryEvent(event_);
  });
}

void NpuEvent::synchronize() {
  guarded([&] {
    require_recorded();
    npu_guard().synchronizeEvent(event_);
  });
}

double NpuEvent::elapsed_milliseconds(NpuEvent& end) {
  return guarded([&] {
    if (!timing_ || !end.timing_) {
      throw std::runtime_error("elapsed time expects events made with timing");
    }
    synchronize();
    end.synchronize();
    float milliseconds = 0;
    acl_check(acl<int(float*, void*, void*)>("aclrtEventElapsedTime")(&milliseconds, event_, end.event_),
              "aclrtEventElapsedTime");
    return static_cast<double>(milliseconds);
  });
}

void NpuEvent::require_recorded() const {
  if (event_ == nullptr) {
    throw std::runtime_error("an event that was recorded expected, found one that was not");
  }
}

}  // namespace ascend4j
