#include <cita/evidence/byte_source.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace cita::evidence {

namespace {

constexpr unsigned char gzip_magic[] = {0x1F, 0x8B};

gzFile handle(void* packed) { return static_cast<gzFile>(packed); }

// Unpacks as far as it is worth it; false where that is more than `most`.
bool read_packed(ByteSource& source, std::size_t most, const Worth& worth, std::string& all) {
  constexpr std::size_t piece = std::size_t{1} << 20U;
  std::size_t wanted = most + 1, got = piece;
  while (got == piece && all.size() < wanted) {
    const std::size_t before = all.size();
    all.resize(before + piece);
    got = source.read_on(all.data() + before, piece);
    all.resize(before + got);
    const auto claimed = before == 0 && worth ? worth(all) : std::nullopt;
    if (!claimed) continue;
    if (*claimed > most) return false;
    wanted = *claimed;
    all.reserve(wanted + piece);
  }
  return wanted <= most || all.size() <= most;
}

}  // namespace

std::unique_ptr<ByteSource> ByteSource::open(const std::string& path, std::string& problem) {
  std::unique_ptr<ByteSource> source(new ByteSource);
  source->file_ = path == "-" ? dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (source->file_ < 0 || fstat(source->file_, &status) != 0) problem = std::strerror(errno);
  else if (S_ISDIR(status.st_mode)) problem = std::strerror(EISDIR);
  else {
    unsigned char start[2]{};
    if (path != "-" && S_ISREG(status.st_mode) &&
        (pread(source->file_, start, 2, 0) < 2 || std::memcmp(start, gzip_magic, 2) != 0)) {
      source->size_ = static_cast<std::uint64_t>(status.st_size);
      return source;
    }
    source->packed_ = gzdopen(source->file_, "rb");
    if (source->packed_ != nullptr) {
      constexpr unsigned buffer = 1U << 17U;
      gzbuffer(handle(source->packed_), buffer);
      return source;
    }
    problem = "it cannot be read";
  }
  return nullptr;
}

ByteSource::~ByteSource() {
  if (packed_ != nullptr) gzclose(handle(packed_));
  else if (file_ >= 0) close(file_);
}

std::size_t ByteSource::read_at(std::uint64_t offset, char* to, std::size_t bytes) const {
  std::size_t got = 0;
  while (got < bytes) {
    const ssize_t more = pread(file_, to + got, bytes - got, static_cast<off_t>(offset + got));
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0) break;
    got += static_cast<std::size_t>(more);
  }
  return got;
}

std::size_t ByteSource::read_on(char* to, std::size_t bytes) {
  constexpr std::size_t most_at_once = std::size_t{1} << 30U;
  std::size_t got = 0;
  while (got < bytes) {
    const int more = gzread(handle(packed_), to + got, static_cast<unsigned>(std::min(bytes - got, most_at_once)));
    if (more > 0) {
      got += static_cast<std::size_t>(more);
      continue;
    }
    int error = Z_OK;
    gzerror(handle(packed_), &error);
    failed_ = failed_ || more < 0 || (error != Z_OK && error != Z_STREAM_END);
    break;
  }
  return got;
}

void use_large_pages(void* begin, std::size_t bytes) {
#if defined(MADV_HUGEPAGE)
  constexpr std::size_t large = std::size_t{1} << 21U;
  const std::size_t skipped = (large - reinterpret_cast<std::uintptr_t>(begin) % large) % large;
  if (bytes < skipped + large) return;
  madvise(static_cast<char*>(begin) + skipped, (bytes - skipped) / large * large, MADV_HUGEPAGE);
#else
  static_cast<void>(begin);
  static_cast<void>(bytes);
#endif
}

std::optional<std::string> read_whole(const std::string& path, std::size_t most, std::string& problem, const Worth& worth) {
  const auto source = ByteSource::open(path, problem);
  if (!source) return std::nullopt;
  std::string all;
  bool fits = true;
  if (const auto size = source->size()) {
    fits = *size <= most;
    if (fits) {
      all.reserve(static_cast<std::size_t>(*size));
      use_large_pages(all.data(), all.capacity());
      all.resize(static_cast<std::size_t>(*size));
      all.resize(source->read_at(0, all.data(), all.size()));
    }
  } else {
    fits = read_packed(*source, most, worth, all);
  }
  if (source->failed()) problem = "it ends in the middle, or is packed wrongly";
  else if (!fits) problem = "it is larger than " + std::to_string(most) + " bytes";
  else return all;
  return std::nullopt;
}

}  // namespace cita::evidence
