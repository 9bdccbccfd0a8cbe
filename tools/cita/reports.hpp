// What commands share that read reports as Markdown.
#pragma once

#include "command.hpp"

#include <memory>
#include <string>

namespace cita::tool {

/// The text of a report or of what stands beside it; nothing, with a diagnostic, when it cannot be read.
std::shared_ptr<const Source> load_text(const std::string& path, const std::string& help, Diagnostics& diagnostics,
                                        const FileReader& read = read_file);
/// A report's text; nothing, with a diagnostic, when it cannot be read.
std::shared_ptr<const Source> load_report(const std::string& path, Diagnostics& diagnostics, const FileReader& read = read_file);

/// Whether there is such a template, or none is named. Complains on standard error.
bool is_template(const std::string& id, Instant as_of);

/// What changed between two texts, as `diff -u` shows it, line by line.
std::string line_difference(const std::string& path, const std::string& before, const std::string& after);

}  // namespace cita::tool
