// The bytes of a file that may be packed, or be no file at all: at any place where that is possible, else one after another.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cita::evidence {

class ByteSource {
 public:
  /// "-" is standard input. Nothing when it cannot be opened, and `problem` says why.
  static std::unique_ptr<ByteSource> open(const std::string& path, std::string& problem);
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  ~ByteSource();

  /// The size of a plain file, which can be read at any place; nothing for what is packed or a stream.
  std::optional<std::uint64_t> size() const { return size_; }
  /// Reads a plain file, of which no more is seen than it had when it was opened; fewer bytes than asked for at its end, and
  /// where it failed. From any thread.
  std::size_t read_at(std::uint64_t offset, char* to, std::size_t bytes) const;
  /// Reads on, and unpacks what is packed, one member of it after another; fewer bytes than asked for at the end.
  std::size_t read_on(char* to, std::size_t bytes);
  /// Whether reading ended in the middle, and why: an error, a file that became shorter, a packed one without its end, or one
  /// that cannot be unpacked. Once it failed, it stays so.
  bool failed() const { return failure_ != nullptr; }
  std::string_view failure() const { return failed() ? failure_.load() : std::string_view(); }
  /// Whether something that is not packed stands behind what is, which is not read. Zeros do not count.
  bool is_followed() const { return followed_; }

 private:
  struct Buffer;

  ByteSource();
  bool fill();
  bool begins_member();
  std::size_t read_some(char* to, std::size_t bytes);
  std::size_t unpack(char* to, std::size_t bytes);

  int file_ = -1;
  std::optional<std::uint64_t> size_;
  std::uint64_t read_ = 0;          // of a plain file that is read on
  std::unique_ptr<Buffer> buffer_;  // what was read ahead
  bool packed_ = false, followed_ = false;
  mutable std::atomic<const char*> failure_ = nullptr;
};

/// Asks for fewer and larger pages under memory that is not used yet; never for more of it than there is.
void use_large_pages(void* begin, std::size_t bytes);

/// All bytes of a file, unpacked; nothing, and why, where it cannot be read or has more than `most`.
std::optional<std::string> read_whole(const std::string& path, std::size_t most, std::string& problem);

}  // namespace cita::evidence
