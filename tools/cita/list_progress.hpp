// How far lists are read, on a terminal and only there.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace cita::tool {

class ListProgress {
 public:
  /// `plain`: a line of its own every ten seconds, for readers of screens.
  explicit ListProgress(bool plain = false);
  ListProgress(const ListProgress&) = delete;
  ListProgress& operator=(const ListProgress&) = delete;
  ~ListProgress() { clear(); }

  /// Says how far it is, once a second has passed. `in_all` is 0 where nobody knows how much there is.
  void show(std::uint64_t read, std::uint64_t in_all);
  /// Takes the line away.
  void clear();
  /// What a reader of lists calls. It refers to this.
  std::function<void(std::uint64_t read, std::uint64_t in_all)> shower();

 private:
  bool is_plain_, is_terminal_, is_shown_ = false;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace cita::tool
