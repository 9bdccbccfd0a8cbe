#include "list_progress.hpp"

#include <cita/output/certificate_report.hpp>

#include <unistd.h>

#include <iostream>

namespace cita::tool {

ListProgress::ListProgress() : is_terminal_(isatty(STDERR_FILENO) == 1) {}

void ListProgress::show(std::uint64_t read, std::uint64_t in_all) {
  const auto now = std::chrono::steady_clock::now();
  if (!is_terminal_ || now - last_ < std::chrono::seconds{1}) return;
  last_ = now;
  constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
  std::cerr << "\r" << count_text(read / mebibyte) << " MiB";
  if (in_all > 0) std::cerr << " of " << count_text(in_all / mebibyte) << " (" << read * 100 / in_all << " %)";
  std::cerr << " read " << std::flush;
  is_shown_ = true;
}

void ListProgress::clear() {
  if (is_shown_) std::cerr << "\r\033[K" << std::flush;
  is_shown_ = false;
}

std::function<void(std::uint64_t, std::uint64_t)> ListProgress::shower() {
  return [this](std::uint64_t read, std::uint64_t in_all) { show(read, in_all); };
}

}  // namespace cita::tool
