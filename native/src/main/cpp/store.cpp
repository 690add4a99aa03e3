#include "store.h"

#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/HashStore.hpp>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <chrono>
#include <stdexcept>

#include "guarded.h"

namespace ascend4j {

namespace {

using StorePtr = c10::intrusive_ptr<c10d::Store>;

StorePtr with_timeout(StorePtr store, int64_t milliseconds) {
  store->setTimeout(std::chrono::milliseconds(milliseconds));
  return store;
}

}  // namespace

StorePtr tcp_store(const std::string& host, int32_t port, bool server, int64_t workers,
                   int64_t timeout_milliseconds) {
  return guarded([&]() -> StorePtr {
    c10d::TCPStoreOptions options;
    options.port = static_cast<uint16_t>(port);
    options.isServer = server;
    options.waitWorkers = workers > 0;
    if (workers > 0) {
      options.numWorkers = static_cast<size_t>(workers);
    }
    options.timeout = std::chrono::milliseconds(timeout_milliseconds);
    return c10::make_intrusive<c10d::TCPStore>(host, options);
  });
}

int32_t tcp_store_port(c10d::Store& store) {
  auto* tcp = dynamic_cast<c10d::TCPStore*>(&store);
  if (tcp == nullptr) {
    throw std::invalid_argument("only a TCPStore has a port");
  }
  return static_cast<int32_t>(tcp->getPort());
}

StorePtr file_store(const std::string& path, int32_t workers, int64_t timeout_milliseconds) {
  return guarded([&] { return with_timeout(c10::make_intrusive<c10d::FileStore>(path, workers), timeout_milliseconds); });
}

StorePtr hash_store(int64_t timeout_milliseconds) {
  return guarded([&] { return with_timeout(c10::make_intrusive<c10d::HashStore>(), timeout_milliseconds); });
}

StorePtr prefix_store(const std::string& prefix, StorePtr store) {
  return guarded([&]() -> StorePtr { return c10::make_intrusive<c10d::PrefixStore>(prefix, std::move(store)); });
}

void store_set(c10d::Store& store, const std::string& key, const std::vector<uint8_t>& value) {
  guarded([&] { store.set(key, value); });
}

std::vector<uint8_t> store_get(c10d::Store& store, const std::string& key) {
  return guarded([&] { return store.get(key); });
}

int64_t store_add(c10d::Store& store, const std::string& key, int64_t amount) {
  return guarded([&] { return store.add(key, amount); });
}

bool store_check(c10d::Store& store, const std::string& key) {
  return guarded([&] { return store.check({key}); });
}

bool store_delete(c10d::Store& store, const std::string& key) {
  return guarded([&] { return store.deleteKey(key); });
}

void store_wait(c10d::Store& store, const std::string& key, int64_t timeout_milliseconds) {
  guarded([&] { store.wait({key}, std::chrono::milliseconds(timeout_milliseconds)); });
}

void store_set_timeout(c10d::Store& store, int64_t timeout_milliseconds) {
  guarded([&] { store.setTimeout(std::chrono::milliseconds(timeout_milliseconds)); });
}

}  // namespace ascend4j
