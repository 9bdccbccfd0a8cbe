#include <cita/evidence/spool.hpp>

#include <algorithm>

namespace cita::evidence {

void Spool::append(std::string_view bytes) {
  tail_ += bytes;
  if (tail_.size() >= most_ && is_writable_) move_to_disk();
}

void Spool::move_to_disk() {
  // Where there is no room, what is left stays in memory, and so does all that comes.
  is_writable_ = disk_.write_at(on_disk_, tail_.data(), tail_.size());
  if (!is_writable_) return;
  on_disk_ += tail_.size();
  tail_.clear();
}

void Spool::read_at(std::uint64_t offset, char* to, std::size_t bytes) const {
  const auto there = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, on_disk_ - std::min(offset, on_disk_)));
  if (there > 0) disk_.read_at(offset, to, there);
  if (there < bytes) tail_.copy(to + there, bytes - there, static_cast<std::size_t>(offset + there - on_disk_));
}

}  // namespace cita::evidence
