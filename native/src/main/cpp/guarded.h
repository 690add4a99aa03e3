// The wrapper for every function that calls torch, so that Java receives torch's message without its C++ backtrace.
#pragma once

#include <c10/util/Exception.h>

#include <stdexcept>
#include <utility>

namespace ascend4j {

template <typename Body>
auto guarded(Body&& body) -> decltype(body()) {
  try {
    return std::forward<Body>(body)();
  } catch (const c10::Error& error) {
    throw std::runtime_error(error.what_without_backtrace());
  }
}

}  // namespace ascend4j
