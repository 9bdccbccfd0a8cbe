#include <cita/base/diagnostic.hpp>

#include <algorithm>

namespace cita {

std::string_view name(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "error";
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::error) ++errors_;
  if (all_.size() < most_kept) all_.push_back(std::move(diagnostic));
  else ++dropped_;
}

void Diagnostics::error(std::string code, Span span, std::string message, std::string help) {
  add({Severity::error, std::move(code), std::move(message), span, std::move(help), {}});
}

void Diagnostics::warning(std::string code, Span span, std::string message, std::string help) {
  add({Severity::warning, std::move(code), std::move(message), span, std::move(help), {}});
}

void Diagnostics::note(std::string code, Span span, std::string message, std::string help) {
  add({Severity::note, std::move(code), std::move(message), span, std::move(help), {}});
}

void Diagnostics::sort() {
  std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    const std::string_view left = a.span ? std::string_view(a.span.source->name()) : std::string_view();
    const std::string_view right = b.span ? std::string_view(b.span.source->name()) : std::string_view();
    if (left != right) return left < right;
    return a.span.begin < b.span.begin;
  });
}

}  // namespace cita
