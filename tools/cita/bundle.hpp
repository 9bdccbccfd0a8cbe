// A judgement that can be had again: what was read, how it was judged and what came of it, as files that belong together.
// The format is described in docs/bundle.md and schemas/bundle.schema.json.
#pragma once

#include "archive.hpp"
#include "verify.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cita::tool {

inline constexpr std::string_view manifest_name = "bundle.json", text_name = "results/verify.txt",
                                  json_name = "results/verify.json";

/// Reads files and keeps what they said, in the order in which they were read first.
class RememberedFiles {
 public:
  using Files = std::vector<std::pair<std::string, std::string>>;

  /// The files have to outlive it.
  FileReader reader();
  const Files& all() const { return files_; }

 private:
  Files files_;
};

/// Reads what a bundle holds, and nothing else.
FileReader reader_of(const FileSet& files);

struct BundledFile {
  std::string file;  ///< its name in the bundle
  std::string from;  ///< of an input: what it was called
  std::size_t bytes = 0;
  std::string sha256;  ///< lower-case hex
};

struct BundledPack {
  std::string id;
  std::string digest;  ///< empty for a file among the inputs
};

/// What a bundle says of itself.
struct Manifest {
  std::string cita;
  std::string as_of;
  std::vector<std::string> command;  ///< the arguments of cita; paths are names in the bundle
  int exit_code = exit_good;
  std::vector<BundledPack> packs;
  std::vector<BundledFile> inputs, results;
};

std::vector<BundledPack> packs_of(const Catalog& catalog);
std::string sha256_of(const std::string& bytes);

/// Nothing, and `problem` says why, for what is no manifest.
std::optional<Manifest> read_manifest(const std::string& text, std::string& problem);

/// Judges what was read once more, by its names in the bundle, and writes all of it to `options.bundle`. False, with a message on
/// standard error, when that fails.
bool write_bundle(const VerifyOptions& options, const RememberedFiles& read, const RecordRun& run);

}  // namespace cita::tool
