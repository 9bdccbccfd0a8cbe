#include <cita/base/suggest.hpp>
#include <cita/input/draft.hpp>
#include <cita/input/words.hpp>

#include <algorithm>

namespace cita::input {

bool Names::add(std::string_view name, Span span, Diagnostics& diagnostics) {
  const auto [entry, added] = entries_.try_emplace(name, Entry{size(), span});
  if (added) {
    order_.push_back(name);
    return true;
  }
  Diagnostic duplicate;
  duplicate.code = "duplicate-id";
  duplicate.message = "the " + std::string(sort_) + " '" + std::string(name) + "' stands here twice";
  duplicate.span = span;
  duplicate.help = "give one of the two another name";
  duplicate.related.push_back({entry->second.span, "first here"});
  diagnostics.add(std::move(duplicate));
  return false;
}

int Names::find(std::string_view name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? none : found->second.index;
}

int Names::require(yaml::Node node, Diagnostics& diagnostics) const {
  const auto name = yaml::scalar_text(node, "the name of a " + std::string(sort_), diagnostics);
  if (!name) return none;
  const int index = find(*name);
  if (index == none) report_unknown(*name, node.span(), diagnostics);
  return index;
}

void Names::report_unknown(std::string_view name, Span span, Diagnostics& diagnostics) const {
  const bool kept = diagnostics.all().size() < Diagnostics::most_kept;
  std::string help;
  if (kept && order_.empty()) help = "the file names no " + std::string(sort_);
  if (kept && !order_.empty()) help = suggestion(name, comparable());
  diagnostics.error("unknown-name", span, "there is no " + std::string(sort_) + " '" + std::string(name) + "'", std::move(help));
}

std::string_view Names::near(std::string_view name) const { return nearest(name, comparable()); }

// A file with a hundred thousand names is no place to look for a near one.
std::span<const std::string_view> Names::comparable() const {
  constexpr std::size_t most_compared = 500;
  return std::span(order_).first(std::min(order_.size(), most_compared));
}

int Draft::case_named(yaml::Node node) {
  if (cases_are_listed) return cases.require(node, diagnostics);
  const auto name = read_id(node, "the name of a case", diagnostics);
  if (!name) return none;
  if (const int index = cases.find(*name); index != none) return index;
  cases.add(*name, node.span(), diagnostics);
  Case implied;
  implied.id = *name;
  implied.span = node.span();
  incident.cases.push_back(std::move(implied));
  return cases.size() - 1;
}

}  // namespace cita::input
