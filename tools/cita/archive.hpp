// Files that belong together, as a folder or as a ZIP archive. The home of libzip.
//
// An archive holds whatever its maker liked: it is read into memory, within bounds, and nothing of it is ever written.
#pragma once

#include <map>
#include <optional>
#include <string>

namespace cita::tool {

/// By name: "inputs/01-bug.json". Names are relative and divided by '/'.
using FileSet = std::map<std::string, std::string>;

/// Whether a path names an archive: it ends in ".zip".
bool is_archive(const std::string& path);

/// Writes beside the target and renames it: a folder, which must not be there already, or an archive, whose bytes depend on the
/// files alone. False, and `problem` says why; then nothing is left.
bool write_files(const std::string& path, const FileSet& files, std::string& problem);

/// Nothing, and `problem` says why, for what cannot be read, is larger than a bundle can be, or holds a link, a name twice, or a
/// name that leads outside.
std::optional<FileSet> read_files(const std::string& path, std::string& problem);

}  // namespace cita::tool
