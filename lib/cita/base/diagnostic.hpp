// What is wrong with an input, where, and what to write instead.
//
// Every reader reports into one Diagnostics and reads on, so that all problems of a file come out in one run.
#pragma once

#include <cita/base/source.hpp>

#include <string>
#include <vector>

namespace cita {

enum class Severity : std::uint8_t { error, warning, note };

/// "error", "warning" or "note".
std::string_view name(Severity severity);

/// A second place that a diagnostic speaks of, with what to see there.
struct Related {
  Span span;
  std::string message;
};

struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;     ///< stable, kebab-case: what kind of problem this is ("unknown-key")
  std::string message;  ///< what is wrong, one sentence without a full stop
  Span span;            ///< where; without a source when the problem is with the whole input
  std::string help;     ///< what to write instead; may be empty
  std::vector<Related> related;
};

class Diagnostics {
 public:
  /// How many are kept; the rest are only counted, so that hostile input cannot fill the memory.
  static constexpr std::size_t most_kept = 1'000;

  void add(Diagnostic diagnostic);
  void error(std::string code, Span span, std::string message, std::string help = {});
  void warning(std::string code, Span span, std::string message, std::string help = {});
  void note(std::string code, Span span, std::string message, std::string help = {});

  bool has_errors() const { return errors_ > 0; }
  std::size_t errors() const { return errors_; }
  /// How many were counted and not kept.
  std::size_t dropped() const { return dropped_; }
  const std::vector<Diagnostic>& all() const { return all_; }
  /// Sorts by place, so that a file's problems come in the order of its lines; equal places keep their order.
  void sort();

 private:
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
  std::size_t dropped_ = 0;
};

}  // namespace cita
