#include <cita/evidence/list_row.hpp>

#include <numeric>

namespace cita::evidence {

namespace {

constexpr std::array<std::string_view, column_count> column_names{"Precertificate SHA-256 hash",
                                                                  "Certificate SHA-256 hash",
                                                                  "Subject",
                                                                  "Issuer",
                                                                  "Not before",
                                                                  "Not after",
                                                                  "Serial #",
                                                                  "dNSNames",
                                                                  "Is revoked?",
                                                                  "Revocation date",
                                                                  "Revocation reason"};

constexpr std::array<ListProblemTexts, list_problem_count> problem_texts{{
#define LIST_PROBLEM(name, code, text, help) {code, text, help},
#include <cita/evidence/list_problems.def>
#undef LIST_PROBLEM
}};

constexpr std::size_t longest_value = 80;

}  // namespace

std::string_view name(Column column) { return column_names[static_cast<std::size_t>(column)]; }

std::string ListRow::text(Column column) const {
  std::string_view field = written(column);
  const bool quoted = field.size() > 1 && field.front() == '"' && field.back() == '"';
  if (quoted) field = field.substr(1, field.size() - 2);
  std::string result;
  for (std::size_t i = 0; i < field.size(); ++i) {
    result += field[i];
    if (quoted && field[i] == '"' && i + 1 < field.size() && field[i + 1] == '"') ++i;
  }
  const auto first = result.find_first_not_of(" \t\r");
  return first == std::string::npos ? std::string() : result.substr(first, result.find_last_not_of(" \t\r") - first + 1);
}

const ListProblemTexts& texts(ListProblem problem) { return problem_texts[static_cast<std::size_t>(problem)]; }

void ListFaults::add(ListProblem problem, std::uint64_t line, std::uint32_t column, std::string_view field,
                     std::string_view value) {
  if (counts_[static_cast<std::size_t>(problem)]++ < most_kept_)
    kept_.push_back({problem, 0, line, column, std::string(field), std::string(value.substr(0, longest_value))});
}

void ListFaults::append(const ListFaults& later, std::uint32_t file, std::uint64_t lines_before) {
  std::array<std::uint64_t, list_problem_count> room{};
  for (std::size_t i = 0; i < list_problem_count; ++i) room[i] = counts_[i] < most_kept_ ? most_kept_ - counts_[i] : 0;
  for (const ListFault& each : later.kept_) {
    std::uint64_t& left = room[static_cast<std::size_t>(each.problem)];
    if (left == 0) continue;
    --left;
    kept_.push_back(each);
    kept_.back().file = file;
    kept_.back().line += lines_before;
  }
  for (std::size_t i = 0; i < list_problem_count; ++i) counts_[i] += later.counts_[i];
}

std::optional<ListProblem> ListFaults::unread() const {
  for (std::size_t i = 0; i < list_problem_count; ++i) {
    const auto problem = static_cast<ListProblem>(i);
    if ((is_no_list(problem) || problem == ListProblem::unreadable) && counts_[i] > 0) return problem;
  }
  return std::nullopt;
}

std::uint64_t ListFaults::total() const { return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0}); }

}  // namespace cita::evidence
