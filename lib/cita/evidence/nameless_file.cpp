#include <cita/evidence/nameless_file.hpp>

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace cita::evidence {

bool NamelessFile::write_at(std::uint64_t offset, const void* from, std::size_t bytes) {
  if (!file_) file_.reset(std::tmpfile());
  return file_ && pwrite(fileno(file_.get()), from, bytes, static_cast<off_t>(offset)) == static_cast<ssize_t>(bytes);
}

void NamelessFile::read_at(std::uint64_t offset, void* to, std::size_t bytes) const {
  for (auto* at = static_cast<char*>(to); bytes > 0;) {
    const ssize_t got = pread(fileno(file_.get()), at, bytes, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0)
      throw std::system_error(got < 0 ? errno : EIO, std::generic_category(), "what was put on disk cannot be read back");
    at += got;
    offset += static_cast<std::uint64_t>(got);
    bytes -= static_cast<std::size_t>(got);
  }
}

}  // namespace cita::evidence
