#include "list_progress.hpp"

#include <cita/output/certificate_report.hpp>

#include <unistd.h>

#include <iostream>

namespace cita::tool {

ListProgress::ListProgress(bool plain) : is_plain_(plain), is_terminal_(isatty(STDERR_FILENO) == 1) {}

bool ListProgress::is_due() {
  const auto now = std::chrono::steady_clock::now();
  const std::chrono::seconds pause{is_plain_ ? 10 : 1};
  if (!is_terminal_ || now - last_ < pause) return false;
  last_ = now;
  return true;
}

// In place of what is shown, or on a line of its own.
void ListProgress::show(const std::string& text) {
  if (is_plain_) {
    std::cerr << text << std::endl;
    return;
  }
  std::cerr << (is_shown_ ? "\r\033[K" : "\r") << text << " " << std::flush;
  is_shown_ = true;
}

void ListProgress::clear() {
  if (is_shown_) std::cerr << "\r\033[K" << std::flush;
  is_shown_ = false;
}

std::function<void(std::uint64_t, std::uint64_t)> ListProgress::shower() {
  return [this](std::uint64_t read, std::uint64_t in_all) {
    if (!is_due()) return;
    constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
    std::string text = count_text(read / mebibyte) + " MiB";
    if (in_all > 0) text += " of " + count_text(in_all / mebibyte) + " (" + std::to_string(read * 100 / in_all) + " %)";
    show(text + " read");
  };
}

std::function<void(std::uint64_t, std::uint64_t)> ListProgress::duplicates_shower() {
  return [this](std::uint64_t done, std::uint64_t in_all) {
    if (is_due()) show("duplicates: " + std::to_string(done * 100 / in_all) + " % looked for");
  };
}

}  // namespace cita::tool
