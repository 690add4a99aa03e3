// Lets JavaCPP hand c10::intrusive_ptr over as the presets do, so that their classes own what is returned here. Their
// convention: a Java object's owner is an intrusive_ptr on the heap, and its address what that points to.
#pragma once

#include <c10/util/intrusive_ptr.h>

#include <cstddef>

template <typename T>
class IntrusivePtrAdapter {
 public:
  using Pointer = c10::intrusive_ptr<T>;

  // A result: the Java object gets an owner of its own.
  explicit IntrusivePtrAdapter(Pointer pointer) : is_result_(true), pointer_(std::move(pointer)) {}

  // An argument: one more reference during the call to what the Java object refers to, whether that owns it or not.
  IntrusivePtrAdapter(T* address, size_t, void* java_owner)
      : owner(java_owner), is_result_(false), pointer_(Pointer::reclaim_copy(address)) {}

  static void deallocate(void* owner) { delete static_cast<Pointer*>(owner); }

  // What the generated code reads, in this order.
  operator T*() {
    if (is_result_ && owner == nullptr) {
      owner = new Pointer(pointer_);
    }
    return pointer_.get();
  }
  size_t size = 0;
  void* owner = nullptr;

  operator Pointer&() { return pointer_; }

 private:
  bool is_result_;
  Pointer pointer_;
};
