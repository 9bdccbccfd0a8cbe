// "did you mean": the nearest of the words that would have been right.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cita {

/// The candidate nearest to `word` by edits (insert, delete, replace, swap of neighbours), or empty when none is near:
/// at most one edit for every three letters. Of equally near ones the first.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// "did you mean 'x'?" or, when nothing is near, "one of: a, b, c" (at most twelve are listed). Where some go on behind the word
/// with a full stop ("3": 3.0, 3.1), "one of" these.
std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace cita
