#include <cita/base/suggest.hpp>

#include <algorithm>
#include <vector>

namespace cita {

namespace {

constexpr std::size_t longest_compared = 64;

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], before[j - 2] + 1);
    }
    before.swap(previous);
    previous.swap(current);
  }
  return previous[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > longest_compared) return {};
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t edits = distance(word, candidate);
    if (edits < least) {
      least = edits;
      best = candidate;
    }
  }
  return best;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  std::vector<std::string_view> longer;
  for (const std::string_view each : candidates)
    if (!word.empty() && each.starts_with(word) && each.substr(word.size()).starts_with('.')) longer.push_back(each);
  if (longer.size() > 1) candidates = longer;
  else if (const std::string_view near = nearest(word, candidates); !near.empty())
    return "did you mean '" + std::string(near) + "'?";
  constexpr std::size_t most_listed = 12;
  std::string text = "one of: ";
  for (std::size_t i = 0; i < candidates.size() && i < most_listed; ++i) {
    if (i > 0) text += ", ";
    text += candidates[i];
  }
  if (candidates.size() > most_listed) text += ", …";
  return text;
}

}  // namespace cita
