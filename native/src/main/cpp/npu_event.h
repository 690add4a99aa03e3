// A mark in a stream of torch_npu.
#pragma once

#include <cstdint>
#include <set>

namespace ascend4j {

class NpuEvent {
 public:
  // Only an event with timing can measure elapsed time; recording it costs the device a little more.
  explicit NpuEvent(bool timing);
  ~NpuEvent();  // destroys the event and ignores the device's errors
  NpuEvent(const NpuEvent&) = delete;
  NpuEvent& operator=(const NpuEvent&) = delete;

  // Places the mark after all work submitted to the stream so far.
  void record(int32_t device, int64_t stream);

  // Makes all work submitted to the stream from now on wait for the mark.
  void block(int32_t device, int64_t stream);

  // done returns whether the stream has reached the mark; synchronize waits until it has.
  bool done();
  void synchronize();

  // Destroys the device's event after the work before this call was launched; throws if that failed. No other function may
  // follow.
  void destroy();

  // Returns the milliseconds on the device from this mark to a later one; waits for both.
  double elapsed_milliseconds(NpuEvent& end);

 private:
  void require_recorded() const;

  bool timing_;
  void* event_ = nullptr;  // aclrtEvent
  int32_t device_ = -1;
  std::set<int64_t> streams_;  // whose queues may hold tasks for the event
};

}  // namespace ascend4j
