// Work of an NPU that is recorded once and then launched as one: torch_npu's NPUGraph.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace ascend4j {

// Returns why work of a device cannot be recorded, as CANN reports it; empty if it can.
std::string npu_capture_obstacle(int32_t device);

class NpuGraph {
 public:
  explicit NpuGraph(int32_t device);
  ~NpuGraph();
  NpuGraph(const NpuGraph&) = delete;
  NpuGraph& operator=(const NpuGraph&) = delete;

  // Between begin and end, the operators on the calling thread's current stream are recorded instead of executed. The
  // stream must not be the default one, and the same thread calls both.
  void begin();
  void end();

  // Launches the recorded operators on the calling thread's current stream.
  void replay();

 private:
  enum class State { kNew, kBegun, kRecorded };

  void launch();

  int32_t device_;
  void* graph_;  // c10_npu::NPUGraph
  State state_ = State::kNew;
  std::optional<bool> random_;  // whether the graph draws random numbers, known after the first replay
};

}  // namespace ascend4j
