// What the targets share. A target is one file: it hands the bytes to a reader and says what must be true of the answer.
#pragma once

#include <cita/base/diagnostic.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace fuzz {

inline std::string_view bytes_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline std::shared_ptr<const cita::Source> source_of(std::string_view text) {
  return std::make_shared<const cita::Source>("input", std::string(text));
}

/// Ends the run where something that always holds does not.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "not true: %s\n", what);
  std::abort();
}

/// Every diagnostic stands inside its source, so that it can be shown.
inline void require_shown(const cita::Diagnostics& diagnostics) {
  for (const cita::Diagnostic& each : diagnostics.all()) {
    require(!each.message.empty(), "a diagnostic says what is wrong");
    if (!each.span) continue;
    require(each.span.begin <= each.span.end && each.span.end <= each.span.source->text().size(),
            "a diagnostic stands inside its source");
    each.span.source->position(each.span.begin);
  }
}

}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
