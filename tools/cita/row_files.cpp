#include "row_files.hpp"

#include <cita/base/suggest.hpp>

#include <algorithm>
#include <cstring>

namespace cita::tool {

using namespace evidence;

namespace {

std::vector<std::string_view> templates_for_lists() {
  std::vector<std::string_view> ids;
  for (const ReportTemplate& each : built_in_templates()) {
    if (!each.links_from) continue;
    ids.push_back(each.id);
    for (const TemplateEdition& edition : each.editions) ids.push_back(edition.id);
  }
  return ids;
}

bool put_in_place(std::optional<OutputFile>& file) {
  if (!file || file->finish()) return true;
  complain(file->problem());
  return false;
}

}  // namespace

std::optional<ChosenTemplate> template_for_lists(const std::string& edition, Instant as_of) {
  const ChosenTemplate chosen = edition.empty() ? template_in_force(as_of) : template_called(edition, as_of);
  if (chosen && chosen.form->links_from) return chosen;
  if (edition.empty()) return ChosenTemplate{};
  complain("there is no template '" + edition + "' that asks for a list of certificates; " +
           suggestion(edition, templates_for_lists()));
  return std::nullopt;
}

void RowFiles::open_verdicts(const std::string& path, const VerdictContext& context) {
  verdicts_.emplace(path);
  verdicts_->write(verdict_header());
  RowExtract& extract = extracts_.emplace_back();
  extract.of_judged = [context](const ListRow& row, std::uint32_t file, const Contradictions& contradictions, RowText& to) {
    std::vector<std::uint32_t> memory;
    append_verdicts(row, file, context.grouping->groups_of(row, file, memory), contradictions, context, to);
  };
  extract.sink = [this](std::string_view text) { verdicts_->write(text); };
}

RowFiles::Counts RowFiles::counts_of(std::string_view text) {
  Counts counts;
  std::memcpy(&counts, text.data(), sizeof counts);
  return counts;
}

void RowFiles::append_row(const ListRow& row, bool is_links, Instant as_of, std::string& to) {
  if (to.empty()) to.resize(sizeof(Counts));
  const std::size_t before = to.size();
  const bool is_complete = is_links ? append_link(row, to) : append_to_appendix(row, as_of, to);
  Counts counts = counts_of(to);
  if (to.size() == before) ++counts.left_out;
  else ++(is_complete ? counts.complete : counts.incomplete);
  std::memcpy(to.data(), &counts, sizeof counts);
}

void RowFiles::write_rows(std::string_view text) {
  if (text.empty()) return;
  const Counts counts = counts_of(text);
  counts_.complete += counts.complete;
  counts_.incomplete += counts.incomplete;
  counts_.left_out += counts.left_out;
  appendix_->write(text.substr(sizeof counts));
}

bool RowFiles::open_appendix(const std::string& path, const ChosenTemplate& chosen, Instant as_of) {
  const bool is_links = path.ends_with(".txt");
  if (!is_links && !path.ends_with(".csv")) {
    complain("--write-appendix writes CSV, or links to crt.sh: name a .csv or a .txt, not '" + path + "'");
    return false;
  }
  if (!chosen) {
    complain("no template that was in force then asks for a list of certificates");
    return false;
  }
  report_.emplace();
  report_->file = path;
  report_->edition = std::string(chosen.form->title) + ", " + std::string(chosen.edition->id);
  report_->is_links = is_links;
  links_from_ = static_cast<std::uint64_t>(*chosen.form->links_from);
  appendix_.emplace(path);
  if (!is_links) appendix_->write(appendix_header());
  RowExtract& extract = extracts_.emplace_back();
  extract.of_row = [is_links, as_of](const ListRow& row, std::uint32_t, RowText& to) {
    append_row(row, is_links, as_of, to.text);
  };
  extract.sink = [this](std::string_view text) { write_rows(text); };
  return true;
}

bool RowFiles::finish(const ListReading& lists) {
  if (report_) {
    if (lists.faults.unread()) {
      complain(report_->file + ": it is not written, for a list cannot be read to its end");
      return false;
    }
    report_->rows = counts_.complete + counts_.incomplete;
    report_->incomplete = counts_.incomplete;
    report_->left_out = counts_.left_out + lists.unreadable;
    // As many at least: some of the rows that name one again may name a precertificate, to which no link is written.
    const std::uint64_t certificates = report_->rows - std::min(report_->rows, lists.duplicate_rows);
    if (report_->is_links && certificates < links_from_) {
      complain(report_->file + ": links are enough from " + count_text(links_from_) + " certificates on, and " +
               (certificates == 1 ? "this is " : "these are ") + count_text(certificates) + "; write a .csv");
      return false;
    }
  }
  return put_in_place(appendix_) && put_in_place(verdicts_);
}

}  // namespace cita::tool
