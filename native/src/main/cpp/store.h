// Key-value stores of c10d, through which the ranks of a group find each other.
#pragma once

#include <torch/csrc/distributed/c10d/Store.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "intrusive_ptr_adapter.h"

namespace ascend4j {

// Returns a client of the store that one process serves at host:port, or the server itself. A server with port 0 uses a
// free one. With workers > 0, which all workers have to pass, the server returns when that many have connected,
// including itself.
c10::intrusive_ptr<c10d::Store> tcp_store(const std::string& host, int32_t port, bool server, int64_t workers,
                                          int64_t timeout_milliseconds);
int32_t tcp_store_port(c10d::Store& store);

// Returns a store in a file that all workers can write; the last of them deletes it.
c10::intrusive_ptr<c10d::Store> file_store(const std::string& path, int32_t workers, int64_t timeout_milliseconds);

// Returns a store in this process's memory.
c10::intrusive_ptr<c10d::Store> hash_store(int64_t timeout_milliseconds);

// Returns a view of the same store in which all names start with the prefix.
c10::intrusive_ptr<c10d::Store> prefix_store(const std::string& prefix, c10::intrusive_ptr<c10d::Store> store);

void store_set(c10d::Store& store, const std::string& key, const std::vector<uint8_t>& value);

// Returns the key's value; waits for it at most as long as the store's time-out.
std::vector<uint8_t> store_get(c10d::Store& store, const std::string& key);
int64_t store_add(c10d::Store& store, const std::string& key, int64_t amount);
bool store_check(c10d::Store& store, const std::string& key);
bool store_delete(c10d::Store& store, const std::string& key);
void store_wait(c10d::Store& store, const std::string& key, int64_t timeout_milliseconds);
void store_set_timeout(c10d::Store& store, int64_t timeout_milliseconds);

}  // namespace ascend4j
