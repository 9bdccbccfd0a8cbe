// Rows of lists, written anew while the lists are read: as the appendix of a report, and with their verdicts.
//
//   RowFiles rows;
//   if (!rows.open_appendix(path, chosen, as_of)) return exit_unusable;
//   … read the lists with rows.extracts() …
//   if (!rows.finish(reading)) return exit_unusable;
//
// Each file is written beside its place and put there at the end.
#pragma once

#include "command.hpp"

#include <cita/output/certificate_report.hpp>
#include <cita/output/certificate_rows.hpp>

#include <cita/policy/report_template.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cita::tool {

/// The edition of a template of that name, or without a name the one in force: nothing, where none asks for a list of
/// certificates then. Also nothing, with a message on standard error, where there is none of that name that asks for one.
std::optional<ChosenTemplate> template_for_lists(const std::string& edition, Instant as_of);

class RowFiles {
 public:
  /// The rows in the form that a template asks for; links where the file's name ends in .txt. False, with a message on standard
  /// error, where it asks for no list, and for names of other kinds of files.
  bool open_appendix(const std::string& path, const ChosenTemplate& chosen, Instant as_of);
  /// A line for each clock of each row. What the context points to outlives it.
  void open_verdicts(const std::string& path, const VerdictContext& context);

  /// What wants to hear of every row; they refer to this.
  const std::vector<evidence::RowExtract>& extracts() const { return extracts_; }
  /// False, with a message on standard error, where a file cannot be written, links are not enough, or rows of a list
  /// that is to be written are not known.
  bool finish(const evidence::ListReading& lists);
  /// What became of the appendix, when it is finished; nothing where none was asked for.
  const std::optional<AppendixReport>& appendix() const { return report_; }

 private:
  // Each text of an appendix begins with these of its rows: a part of a list may be read more than once, and only what is written
  // counts.
  struct Counts {
    std::uint64_t complete = 0, incomplete = 0, left_out = 0;
  };
  static Counts counts_of(std::string_view text);
  static void append_row(const evidence::ListRow& row, bool is_links, Instant as_of, std::string& to);
  void write_rows(std::string_view text);

  std::optional<OutputFile> appendix_, verdicts_;
  std::optional<AppendixReport> report_;
  std::uint64_t links_from_ = 0;
  Counts counts_;  // of what is written
  std::vector<evidence::RowExtract> extracts_;
};

}  // namespace cita::tool
