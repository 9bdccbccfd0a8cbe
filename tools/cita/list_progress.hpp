// How far lists are read, and held against each other, on a terminal and only there.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace cita::tool {

class ListProgress {
 public:
  /// `plain`: a line of its own every ten seconds, for readers of screens.
  explicit ListProgress(bool plain = false);
  ListProgress(const ListProgress&) = delete;
  ListProgress& operator=(const ListProgress&) = delete;
  ~ListProgress() { clear(); }

  /// Takes the line away.
  void clear();
  /// What a reader of lists calls: it says how far it is, once a second has passed. `in_all` is 0 where nobody knows how much
  /// there is. It refers to this.
  std::function<void(std::uint64_t read, std::uint64_t in_all)> shower();
  /// The same for who looks for duplicates.
  std::function<void(std::uint64_t done, std::uint64_t in_all)> duplicates_shower();

 private:
  bool is_due();
  void show(const std::string& text);

  bool is_plain_, is_terminal_, is_shown_ = false;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace cita::tool
