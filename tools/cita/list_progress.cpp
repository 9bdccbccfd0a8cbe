#include "list_progress.hpp"

#include <cita/output/certificate_report.hpp>

#include <unistd.h>

#include <iostream>

namespace cita::tool {

ListProgress::ListProgress(bool plain) : is_plain_(plain), is_terminal_(isatty(STDERR_FILENO) == 1) {}

void ListProgress::show(std::uint64_t read, std::uint64_t in_all) {
  const auto now = std::chrono::steady_clock::now();
  const std::chrono::seconds pause{is_plain_ ? 10 : 1};
  if (!is_terminal_ || now - last_ < pause) return;
  last_ = now;
  constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
  std::cerr << (is_plain_ ? "" : "\r") << count_text(read / mebibyte) << " MiB";
  if (in_all > 0) std::cerr << " of " << count_text(in_all / mebibyte) << " (" << read * 100 / in_all << " %)";
  std::cerr << (is_plain_ ? " read\n" : " read ") << std::flush;
  is_shown_ = !is_plain_;
}

void ListProgress::clear() {
  if (is_shown_) std::cerr << "\r\033[K" << std::flush;
  is_shown_ = false;
}

std::function<void(std::uint64_t, std::uint64_t)> ListProgress::shower() {
  return [this](std::uint64_t read, std::uint64_t in_all) { show(read, in_all); };
}

}  // namespace cita::tool
