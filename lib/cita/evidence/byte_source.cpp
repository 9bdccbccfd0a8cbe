#include <cita/evidence/byte_source.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

namespace cita::evidence {

namespace {

constexpr unsigned char gzip_magic[] = {0x1F, 0x8B};
constexpr const char* cannot_go_on = "it cannot be read any further";
constexpr const char* became_shorter = "it became shorter while it was read";

}  // namespace

// What was read of the file, and how far it was taken; the state of unpacking it.
struct ByteSource::Buffer {
  std::array<unsigned char, std::size_t{1} << 17U> bytes;
  std::size_t at = 0, end = 0;
  z_stream stream{};
  bool is_ready = false, is_inside = false;  // whether the stream can unpack; whether a member goes on

  ~Buffer() {
    if (is_ready) inflateEnd(&stream);
  }
  bool begins_packed() const { return end - at >= 2 && std::memcmp(bytes.data() + at, gzip_magic, 2) == 0; }
};

ByteSource::ByteSource() = default;

std::unique_ptr<ByteSource> ByteSource::open(const std::string& path, std::string& problem) {
  std::unique_ptr<ByteSource> source(new ByteSource);
  source->file_ = path == "-" ? dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (source->file_ < 0 || fstat(source->file_, &status) != 0) problem = std::strerror(errno);
  else if (S_ISDIR(status.st_mode)) problem = std::strerror(EISDIR);
  else {
    const bool is_file = path != "-" && S_ISREG(status.st_mode);
    unsigned char start[2]{};
    if (is_file && (pread(source->file_, start, 2, 0) < 2 || std::memcmp(start, gzip_magic, 2) != 0)) {
      source->size_ = static_cast<std::uint64_t>(status.st_size);
      return source;
    }
    source->buffer_ = std::make_unique<Buffer>();
    while (source->buffer_->end < 2 && source->fill()) {
    }
    source->packed_ = source->buffer_->begins_packed();
    return source;
  }
  return nullptr;
}

ByteSource::~ByteSource() {
  if (file_ >= 0) close(file_);
}

std::size_t ByteSource::read_at(std::uint64_t offset, char* to, std::size_t bytes) const {
  const std::uint64_t there = offset < *size_ ? *size_ - offset : 0;
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, there));
  std::size_t got = 0;
  while (got < wanted) {
    const ssize_t more = pread(file_, to + got, wanted - got, static_cast<off_t>(offset + got));
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0) {
      failure_ = more < 0 ? cannot_go_on : became_shorter;
      break;
    }
    got += static_cast<std::size_t>(more);
  }
  return got;
}

std::size_t ByteSource::read_some(char* to, std::size_t bytes) {
  while (true) {
    const ssize_t got = read(file_, to, bytes);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) failure_ = cannot_go_on;
    else if (got == 0 && bytes > 0 && read_ < size_.value_or(0)) failure_ = became_shorter;
    if (got <= 0) return 0;
    read_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }
}

// Reads more behind what was not taken yet; false at the end.
bool ByteSource::fill() {
  Buffer& buffer = *buffer_;
  std::copy(buffer.bytes.data() + buffer.at, buffer.bytes.data() + buffer.end, buffer.bytes.data());
  buffer.end -= std::exchange(buffer.at, 0);
  const std::size_t got = read_some(reinterpret_cast<char*>(buffer.bytes.data()) + buffer.end, buffer.bytes.size() - buffer.end);
  buffer.end += got;
  return got > 0;
}

std::size_t ByteSource::read_on(char* to, std::size_t bytes) {
  std::size_t got = 0;
  if (buffer_ && !packed_) {
    got = std::min(bytes, buffer_->end - buffer_->at);
    std::memcpy(to, buffer_->bytes.data() + buffer_->at, got);
    buffer_->at += got;
  }
  while (got < bytes) {
    const std::size_t more = packed_ ? unpack(to + got, bytes - got) : read_some(to + got, bytes - got);
    if (more == 0) break;
    got += more;
  }
  return got;
}

// Whether another member begins here. Zeros may fill a file up to its end.
bool ByteSource::begins_member() {
  Buffer& buffer = *buffer_;
  while (buffer.end - buffer.at < 2 && fill()) {
  }
  if (buffer.begins_packed()) return true;
  do {
    while (buffer.at < buffer.end && buffer.bytes[buffer.at] == 0) ++buffer.at;
    followed_ = buffer.at < buffer.end;
  } while (!followed_ && fill());
  return false;
}

std::size_t ByteSource::unpack(char* to, std::size_t bytes) {
  constexpr std::size_t most_at_once = std::size_t{1} << 30U;
  constexpr int of_gzip_alone = 16 + MAX_WBITS;
  Buffer& buffer = *buffer_;
  z_stream& stream = buffer.stream;
  const std::size_t wanted = std::min(bytes, most_at_once);
  while (!failed() && !followed_) {
    if (!buffer.is_inside) {
      if (!begins_member()) break;
      if ((buffer.is_ready ? inflateReset(&stream) : inflateInit2(&stream, of_gzip_alone)) != Z_OK) throw std::bad_alloc();
      buffer.is_ready = buffer.is_inside = true;
    }
    if (buffer.at == buffer.end && !fill()) {
      if (!failed()) failure_ = "it is packed, and ends in the middle";
      break;
    }
    stream.next_in = buffer.bytes.data() + buffer.at;
    stream.avail_in = static_cast<unsigned>(buffer.end - buffer.at);
    stream.next_out = reinterpret_cast<unsigned char*>(to);
    stream.avail_out = static_cast<unsigned>(wanted);
    const int result = inflate(&stream, Z_NO_FLUSH);
    buffer.at = buffer.end - stream.avail_in;
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    buffer.is_inside = result != Z_STREAM_END;
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) failure_ = "it is not packed as gzip packs";
    if (const std::size_t got = wanted - stream.avail_out; got > 0) return got;
  }
  return 0;
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

std::optional<std::string> read_whole(const std::string& path, std::size_t most, std::string& problem) {
  constexpr std::size_t piece = std::size_t{1} << 20U;
  const auto source = ByteSource::open(path, problem);
  if (!source) return std::nullopt;
  std::string all;
  if (source->size() && *source->size() <= most) all.reserve(static_cast<std::size_t>(*source->size()) + piece);
  std::size_t got = piece;
  while (got == piece && all.size() <= most) {
    const std::size_t before = all.size();
    all.resize(before + piece);
    got = source->read_on(all.data() + before, piece);
    all.resize(before + got);
  }
  if (all.size() > most) problem = "it is larger than " + std::to_string(most) + " bytes";
  else if (source->failed()) problem = source->failure();
  else if (source->is_followed()) problem = "something that is not packed stands behind what is packed";
  else return all;
  return std::nullopt;
}

}  // namespace cita::evidence
