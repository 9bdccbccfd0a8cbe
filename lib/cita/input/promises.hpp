// What a text promises and for when: "We will post an update by the end of next week."
//
//   for (const Promise& each : find_promises(text, posted)) …
//
// Only what is said of the future with a date counts. A date that can be meant in two ways keeps both.
#pragma once

#include <cita/model/incident.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace cita {

struct Promise {
  std::string text;  ///< the sentence
  Span span;         ///< of the sentence, where the text has a source
  /// By when: a stamp, or an amount from the post on. Without either the text gives no date that can be counted.
  std::optional<Stamp> by;
  std::optional<Limit> within;
  std::string assumed;   ///< what was supposed to read the date; may be empty
  bool of_post = false;  ///< it promises, without a condition, that something will be posted: an update, an answer, a report
};

/// All promises of a text that was posted then; their spans point into it. Quoted lines promise nothing.
std::vector<Promise> find_promises(const Source& text, Instant posted);

/// The lines of a text that are not quoted from somebody else, each with its place.
std::vector<Span> own_lines(const Source& text);

}  // namespace cita
