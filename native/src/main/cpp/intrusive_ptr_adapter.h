// Lets JavaCPP pass c10::intrusive_ptr as the presets do, so that their classes own the returned objects. Their
// convention: the owner in a Java object is an intrusive_ptr on the heap, and its address is the object that the
// intrusive_ptr points to.
#pragma once

#include <c10/util/intrusive_ptr.h>

#include <cstddef>

template <typename T>
class IntrusivePtrAdapter {
 public:
  using Pointer = c10::intrusive_ptr<T>;

  // A result: the Java object gets its own owner.
  explicit IntrusivePtrAdapter(Pointer pointer) : is_result_(true), pointer_(std::move(pointer)) {}

  // An argument: holds one more reference to the Java object's target during the call, whether the Java object owns it
  // or not.
  IntrusivePtrAdapter(T* address, size_t, void* java_owner)
      : owner(java_owner), is_result_(false), pointer_(Pointer::reclaim_copy(address)) {}

  static void deallocate(void* owner) { delete static_cast<Pointer*>(owner); }

  // The members that the generated code reads, in this order.
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
