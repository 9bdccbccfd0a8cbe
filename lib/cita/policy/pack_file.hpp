// Reads a policy pack (YAML). Used when cita is built, for the packs of lib/packs, and at run time for `--pack FILE`.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/policy/policy.hpp>

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace cita {

/// Keeps what a pack's views point to. Nothing moves once it is kept.
class PackStorage {
 public:
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  template <class T>
  std::span<const T> keep(std::vector<T> values) {
    if (values.empty()) return {};
    auto owner = std::make_shared<const std::vector<T>>(std::move(values));
    const std::span<const T> view(*owner);
    owners_.push_back(std::move(owner));
    return view;
  }

 private:
  std::deque<std::string> texts_;
  std::vector<std::shared_ptr<const void>> owners_;
};

/// A pack with its storage.
struct PackFile {
  Pack pack;
  PackStorage storage;
};

/// Reads a pack; nothing when the diagnostics hold an error.
std::unique_ptr<PackFile> read_pack(std::shared_ptr<const Source> source, Diagnostics& diagnostics);

}  // namespace cita
