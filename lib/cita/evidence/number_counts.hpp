// How often each of many whole numbers came: quick where most of them lie near each other, as hours of an incident do.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <tuple>

namespace cita::evidence {

class NumberCounts {
 public:
  NumberCounts() = default;
  NumberCounts(NumberCounts&&) = default;
  NumberCounts& operator=(NumberCounts&&) = default;

  void add(std::int64_t number, std::uint64_t times = 1) {
    const std::int64_t page = number >> page_bits;
    Near& near = near_[static_cast<std::size_t>(page) % near_.size()];
    if (near.counts == nullptr || near.page != page) near = {page, &pages_[page]};
    (*near.counts)[static_cast<std::size_t>(number) % page_size] += times;
  }

  void append(const NumberCounts& other) {
    for (const auto& [page, counts] : other.pages_) {
      Page& own = pages_[page];
      for (std::size_t i = 0; i < page_size; ++i) own[i] += counts[i];
    }
  }

  /// Those that came, each with how often it did.
  std::map<std::int64_t, std::uint64_t> all() const {
    std::map<std::int64_t, std::uint64_t> found;
    for (const auto& [page, counts] : pages_)
      for (std::size_t i = 0; i < page_size; ++i)
        if (counts[i] > 0)
          found.emplace_hint(found.end(), page * std::int64_t{page_size} + static_cast<std::int64_t>(i), counts[i]);
    return found;
  }

  /// What is written down of it (words.hpp), and whether what was read can be.
  auto parts() { return std::tie(pages_); }
  bool is_sound() const {
    constexpr std::int64_t most = std::int64_t{1} << 32U;
    return pages_.empty() || (pages_.begin()->first > -most && pages_.rbegin()->first < most);
  }

 private:
  static constexpr unsigned page_bits = 6;
  static constexpr std::size_t page_size = std::size_t{1} << page_bits;
  using Page = std::array<std::uint64_t, page_size>;
  // A page that was used lately; a node of a map stays where it is.
  struct Near {
    std::int64_t page = 0;
    Page* counts = nullptr;
  };

  std::map<std::int64_t, Page> pages_;
  std::array<Near, 32> near_{};
};

}  // namespace cita::evidence
