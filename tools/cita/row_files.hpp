// Rows of lists, written anew while the lists are read: as the appendix of a report, and with their verdicts.
//
//   RowFiles rows;
//   if (!rows.open_appendix(path, edition, as_of)) return exit_unusable;
//   … read the lists with rows.extracts() …
//   if (!rows.finish(reading)) return exit_unusable;
//
// Each file is written beside its place and put there at the end.
#pragma once

#include "command.hpp"

#include <cita/output/certificate_report.hpp>

#include <atomic>
#include <optional>
#include <string>
#include <vector>

namespace cita::tool {

class RowFiles {
 public:
  /// The rows in the form that a template asks for, of the edition of that name or the one in force; links where the file's name
  /// ends in .txt. False, with a message on standard error, where none asks for a list, and for names of other kinds of files.
  bool open_appendix(const std::string& path, const std::string& edition, Instant as_of);
  /// A line for each clock of each row. The grouping outlives it.
  void open_verdicts(const std::string& path, const evidence::Grouping& grouping, Instant as_of);

  /// What wants to hear of every row; they refer to this.
  const std::vector<evidence::RowExtract>& extracts() const { return extracts_; }
  /// False, with a message on standard error, where a file cannot be written, links are not enough, or rows of a list
  /// that is to be written are not known.
  bool finish(const evidence::ListReading& lists);
  /// What became of the appendix, when it is finished; nothing where none was asked for.
  const std::optional<AppendixReport>& appendix() const { return report_; }

 private:
  std::optional<OutputFile> appendix_, verdicts_;
  std::optional<AppendixReport> report_;
  std::uint64_t links_from_ = 0;
  std::atomic<std::uint64_t> complete_ = 0, incomplete_ = 0, left_out_ = 0;
  std::vector<evidence::RowExtract> extracts_;
};

}  // namespace cita::tool
