// Key-value stores of c10d, through which the ranks of a group find each other.
#pragma once

#include <torch/csrc/distributed/c10d/Store.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "intrusive_ptr_adapter.h"

namespace ascend4j {

// A client of the store that one process serves at host:port, or that process itself. Port 0 of a server: a free one.
// With workers > 0, which all have to say, the server returns when so many have connected, itself included.
c10::intrusive_ptr<c10d::Store> tcp_store(const std::string& host, int32_t port, bool server, int64_t workers,
                                          int64_t timeout_milliseconds);
int32_t tcp_store_port(c10d::Store& store);

// A store in a file that all workers can write; the last of them deletes it.
c10::intrusive_ptr<c10d::Store> file_store(const std::string& path, int32_t workers, int64_t timeout_milliseconds);

// A store in this process's memory.
c10::intrusive_ptr<c10d::Store> hash_store(int64_t timeout_milliseconds);

// The same store under names that start with the prefix.
c10::intrusive_ptr<c10d::Store> prefix_store(const std::string& prefix, c10::intrusive_ptr<c10d::Store> store);

void store_set(c10d::Store& store, const std::string& key, const std::vector<uint8_t>& value);

// Waits for the key as long as the store's time-out says.
std::vector<uint8_t> store_get(c10d::Store& store, const std::string& key);
int64_t store_add(c10d::Store& store, const std::string& key, int64_t amount);
bool store_check(c10d::Store& store, const std::string& key);
bool store_delete(c10d::Store& store, const std::string& key);
void store_wait(c10d::Store& store, const std::string& key, int64_t timeout_milliseconds);
void store_set_timeout(c10d::Store& store, int64_t timeout_milliseconds);

}  // namespace ascend4j
