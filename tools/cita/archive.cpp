#include "archive.hpp"

#include "command.hpp"

#include <zip.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>

namespace cita::tool {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 10'000;
constexpr std::size_t most_bytes = std::size_t{512} << 20U;         // of all files together
constexpr std::uintmax_t most_packed = std::uintmax_t{256} << 20U;  // of the archive
constexpr std::size_t longest_name = 250;

using Archive = std::unique_ptr<zip_t, decltype([](zip_t* each) { zip_discard(each); })>;
using Source = std::unique_ptr<zip_source_t, decltype([](zip_source_t* each) { zip_source_free(each); })>;
using Entry = std::unique_ptr<zip_file_t, decltype([](zip_file_t* each) { zip_fclose(each); })>;

// Below the folder, whatever a system takes for a separator.
bool is_safe_name(const std::string& name) {
  if (name.empty() || name.size() > longest_name) return false;
  const auto is_plain = [](char c) { return c >= ' ' && c < 0x7F && c != '\\' && c != ':'; };
  if (!std::all_of(name.begin(), name.end(), is_plain)) return false;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string part = name.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

/// Takes files as long as they are within bounds.
class Taker {
 public:
  explicit Taker(std::string& problem) : problem_(problem) {}

  bool may_take(const std::string& name) {
    if (!is_safe_name(name)) return refuse("'" + name + "' is no name of a file in it");
    if (files_.count(name) != 0) return refuse("it holds '" + name + "' twice");
    if (files_.size() == most_files) return refuse("it holds more than " + std::to_string(most_files) + " files");
    return true;
  }
  std::size_t left() const { return most_bytes - bytes_; }
  /// `content` has at most one byte more than is left.
  bool take(const std::string& name, std::string content) {
    if (content.size() > left()) return refuse_size();
    bytes_ += content.size();
    files_.emplace(name, std::move(content));
    return true;
  }
  bool refuse_size() { return refuse("its files are larger than 512 MiB"); }
  bool refuse(std::string why) {
    problem_ = std::move(why);
    return false;
  }
  FileSet files() { return std::move(files_); }

 private:
  FileSet files_;
  std::size_t bytes_ = 0;
  std::string& problem_;
};

bool read_folder(const std::string& path, Taker& taker) {
  std::error_code error;
  for (fs::recursive_directory_iterator each(path, error), end; !error && each != end; each.increment(error)) {
    const std::string name = each->path().lexically_relative(path).generic_string();
    const fs::file_status status = each->symlink_status(error);
    if (error) break;
    if (fs::is_directory(status)) continue;
    if (!fs::is_regular_file(status)) return taker.refuse("'" + name + "' is a link or no file");
    if (!taker.may_take(name)) return false;
    std::string problem;
    auto content = read_file(each->path().string(), taker.left(), problem);
    if (!content) return taker.refuse(name + ": " + problem);
    if (!taker.take(name, std::move(*content))) return false;
  }
  return error ? taker.refuse(error.message()) : true;
}

bool is_link(zip_t* archive, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  const bool known = zip_file_get_external_attributes(archive, index, 0, &system, &attributes) == 0;
  const unsigned mode = attributes >> 16U;
  return known && system == ZIP_OPSYS_UNIX && (mode & S_IFMT) != 0 && (mode & S_IFMT) != S_IFREG;
}

bool read_entry(zip_t* archive, zip_uint64_t index, Taker& taker) {
  zip_stat_t about;
  zip_stat_init(&about);
  constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
  if (zip_stat_index(archive, index, ZIP_FL_ENC_RAW, &about) != 0 || (about.valid & needed) != needed)
    return taker.refuse("an entry of it cannot be read");
  const std::string name = about.name;
  if (!taker.may_take(name)) return false;
  if (is_link(archive, index)) return taker.refuse("'" + name + "' is a link or no file");
  if (about.encryption_method != ZIP_EM_NONE) return taker.refuse("'" + name + "' is encrypted");
  if (about.size > taker.left()) return taker.refuse_size();
  const Entry entry(zip_fopen_index(archive, index, 0));
  if (!entry) return taker.refuse("'" + name + "' cannot be unpacked: " + zip_strerror(archive));
  // What the archive says of a size need not be true, and a byte more than it says shows that.
  std::string content;
  char block[1 << 16];
  zip_int64_t got = 0;
  while (content.size() <= about.size && (got = zip_fread(entry.get(), block, sizeof block)) > 0)
    content.append(block, static_cast<std::size_t>(got));
  if (got < 0 || content.size() != about.size) return taker.refuse("'" + name + "' is damaged");
  return taker.take(name, std::move(content));
}

bool read_archive(const std::string& path, Taker& taker) {
  std::error_code error;
  if (fs::file_size(path, error) > most_packed && !error) return taker.refuse("it is larger than 256 MiB");
  int code = 0;
  const Archive archive(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
  if (!archive) return taker.refuse("it is no ZIP archive, or a damaged one");
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i)
    if (!read_entry(archive.get(), static_cast<zip_uint64_t>(i), taker)) return false;
  return true;
}

// The archive's bytes: entries in the order of their names, all with the same date and mode.
std::optional<std::string> packed(const FileSet& files, std::string& problem) {
  zip_error_t error;
  zip_error_init(&error);
  const Source bytes(zip_source_buffer_create(nullptr, 0, 0, &error));
  zip_t* archive = bytes ? zip_open_from_source(bytes.get(), ZIP_TRUNCATE, &error) : nullptr;
  problem = zip_error_strerror(&error);
  zip_error_fini(&error);
  if (archive == nullptr) return std::nullopt;
  zip_source_keep(bytes.get());  // the archive frees the one that it was opened with
  Archive open(archive);
  for (const auto& [name, content] : files) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    const zip_int64_t index = source == nullptr ? -1 : zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    constexpr zip_uint16_t new_year_1980 = 0x21;
    const auto at = static_cast<zip_uint64_t>(index);
    if (index >= 0 && zip_file_set_dostime(archive, at, 0, new_year_1980, 0) == 0 &&
        zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, 9) == 0)
      continue;
    problem = zip_strerror(archive);
    if (index < 0 && source != nullptr) zip_source_free(source);
    return std::nullopt;
  }
  if (zip_close(archive) != 0) {
    problem = zip_strerror(archive);
    return std::nullopt;
  }
  static_cast<void>(open.release());
  zip_stat_t about;
  std::string out;
  if (zip_source_stat(bytes.get(), &about) != 0 || zip_source_open(bytes.get()) != 0) return std::nullopt;
  out.resize(about.size);
  const bool whole = zip_source_read(bytes.get(), out.data(), out.size()) == static_cast<zip_int64_t>(out.size());
  zip_source_close(bytes.get());
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

bool write_file(const std::string& path, const std::string& content, std::string& problem) {
  OutputFile file(path);
  file.write(content);
  if (file.finish()) return true;
  problem = file.problem();
  return false;
}

bool write_folder(const std::string& path, const FileSet& files, std::string& problem) {
  const std::string beside = path + ".part-" + std::to_string(getpid());
  std::error_code error;
  bool good = fs::create_directory(beside, error);
  for (const auto& [name, content] : files) {
    const fs::path file = fs::path(beside) / name;
    if (good) fs::create_directories(file.parent_path(), error);
    good = good && !error && write_file(file.string(), content, problem);
  }
  if (good) fs::rename(beside, path, error);
  good = good && !error;
  if (error) problem = path + ": " + error.message();
  std::error_code ignored;
  if (!good) fs::remove_all(beside, ignored);
  return good;
}

}  // namespace

bool is_archive(const std::string& path) { return path.ends_with(".zip"); }

bool write_files(const std::string& path, const FileSet& files, std::string& problem) {
  const fs::path folder = fs::path(path).lexically_normal();
  if (!is_archive(path)) return write_folder((folder.has_filename() ? folder : folder.parent_path()).string(), files, problem);
  const auto bytes = packed(files, problem);
  return bytes && write_file(path, *bytes, problem);
}

std::optional<FileSet> read_files(const std::string& path, std::string& problem) {
  Taker taker(problem);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  const bool good = fs::is_directory(status)      ? read_folder(path, taker)
                    : fs::is_regular_file(status) ? read_archive(path, taker)
                    : error                       ? taker.refuse(error.message())
                                                  : taker.refuse("it is neither a folder nor a file");
  return good ? std::optional(taker.files()) : std::nullopt;
}

}  // namespace cita::tool
