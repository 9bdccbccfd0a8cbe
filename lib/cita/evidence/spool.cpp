#include <cita/evidence/spool.hpp>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace cita::evidence {

void Spool::append(std::string_view bytes) {
  tail_ += bytes;
  if (tail_.size() >= most_ && is_writable_) move_to_disk();
}

void Spool::move_to_disk() {
  if (!disk_) disk_.reset(std::tmpfile());
  // Where there is no room, what is left stays in memory, and so does all that comes.
  is_writable_ = disk_ && pwrite(fileno(disk_.get()), tail_.data(), tail_.size(), static_cast<off_t>(on_disk_)) ==
                              static_cast<ssize_t>(tail_.size());
  if (!is_writable_) return;
  on_disk_ += tail_.size();
  tail_.clear();
}

void Spool::read_at(std::uint64_t offset, char* to, std::size_t bytes) const {
  while (bytes > 0 && offset < on_disk_) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, on_disk_ - offset));
    const ssize_t got = pread(fileno(disk_.get()), to, wanted, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0)
      throw std::system_error(got < 0 ? errno : EIO, std::generic_category(), "what was put on disk cannot be read back");
    to += got;
    offset += static_cast<std::uint64_t>(got);
    bytes -= static_cast<std::size_t>(got);
  }
  if (bytes > 0) tail_.copy(to, bytes, static_cast<std::size_t>(offset - on_disk_));
}

}  // namespace cita::evidence
