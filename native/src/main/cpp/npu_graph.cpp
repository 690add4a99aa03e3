#include "npu_graph.h"

#include <ATen/ops/equal.h>
#include <c10/core/DeviceGuard.h>

#include <new>
#include <utility>

#include "guarded.h"
#include "npu_device.h"
#include "npu_guard.h"

namespace ascend4j {

namespace {

constexpr int kThreadLocal = 1;  // ACL_MODEL_RI_CAPTURE_MODE_THREAD_LOCAL of CANN's acl/acl_rt.h

// Far more than NPUGraph needs, which has about 120 bytes in all releases for torch 2.7.1.
constexpr size_t kGraphBytes = 1024;

using Pool = std::pair<unsigned long long, unsigned long long>;

bool has(const char* symbol) { return loaded_symbol("libtorch_npu.so", symbol) != nullptr; }

// capture_begin(pool, mode, report_shape) since 2.7.1.post2, and capture_begin(pool, mode) before.
constexpr const char* kBegin = "_ZN7c10_npu8NPUGraph13capture_beginESt4pairIyyE19aclmdlRICaptureModeb";
constexpr const char* kFirstBegin = "_ZN7c10_npu8NPUGraph13capture_beginESt4pairIyyE19aclmdlRICaptureMode";

void capture_begin(void* graph) {
  const Pool own{0, 0};
  if (has(kBegin)) {
    torch_npu<void(void*, Pool, int, bool)>(kBegin)(graph, own, kThreadLocal, true);
  } else {
    torch_npu<void(void*, Pool, int)>(kFirstBegin)(graph, own, kThreadLocal);
  }
}

// Begins a capture on a stream of its own. torch_npu's allocator stays in a capture that CANN refused to begin.
std::string refusal() {
  void* stream = nullptr;
  acl_check(acl<int(void**)>("aclrtCreateStream")(&stream), "aclrtCreateStream");
  std::string reason;
  try {
    acl_check(acl<int(void*, int)>("aclmdlRICaptureBegin")(stream, kThreadLocal), "aclmdlRICaptureBegin");
    void* model = nullptr;
    // An empty capture may end with an error, which does not matter here.
    if (acl<int(void*, void**)>("aclmdlRICaptureEnd")(stream, &model) == 0) {
      acl<int(void*)>("aclmdlRIDestroy")(model);
    }
  } catch (const std::runtime_error& error) {
    reason = error.what();
  }
  acl_check(acl<int(void*)>("aclrtDestroyStream")(stream), "aclrtDestroyStream");
  return reason;
}

}  // namespace

std::string npu_capture_obstacle(int32_t device) {
  return guarded([&]() -> std::string {
    npu_guard();
    if (!has(kBegin) && !has(kFirstBegin)) {
      return "this torch_npu has no NPUGraph";
    }
    c10::DeviceGuard current(npu(device));
    return refusal();
  });
}

NpuGraph::NpuGraph(int32_t device) : device_(device), graph_(nullptr) {
  guarded([&] {
    auto construct = torch_npu<void(void*)>("_ZN7c10_npu8NPUGraphC1Ev");
    graph_ = ::operator new(kGraphBytes);
    construct(graph_);
  });
}

// Keeps a graph whose capture did not end: torch_npu's allocator still has its address.
NpuGraph::~NpuGraph() {
  if (state_ != State::kBegun) {
    torch_npu<void(void*)>("_ZN7c10_npu8NPUGraphD1Ev")(graph_);
    ::operator delete(graph_);
  }
}

void NpuGraph::begin() {
  guarded([&] {
    state_ = State::kBegun;
    capture_begin(graph_);
  });
}

void NpuGraph::end() {
  guarded([&] {
    torch_npu<void(void*)>("_ZN7c10_npu8NPUGraph11capture_endEv")(graph_);
    state_ = State::kRecorded;
  });
}

// NPUGraph::replay also launches two fills that set seed and offset of the random operators, in the releases up to
// .post3 even for a graph without such operators. The first replay shows whether there are any.
void NpuGraph::replay() {
  guarded([&] {
    static auto replay = torch_npu<void(void*)>("_ZN7c10_npu8NPUGraph6replayEv");
    if (!random_) {
      at::Tensor before = npu_generator_state(device_);
      replay(graph_);
      random_ = !at::equal(before, npu_generator_state(device_));
    } else if (*random_) {
      replay(graph_);
    } else {
      launch();
    }
  });
}

void NpuGraph::launch() {
  static auto execute = acl<int(void*, void*)>("aclmdlRIExecuteAsync");
  const c10::Stream stream = npu_guard().getStream(npu(device_));
  void* model = *static_cast<void**>(graph_);  // NPUGraph's first member
  acl_check(execute(model, native_stream(stream)), "aclmdlRIExecuteAsync");
}

}  // namespace ascend4j
