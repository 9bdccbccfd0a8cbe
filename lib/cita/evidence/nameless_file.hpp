// A file without a name, for what does not fit into memory: in the system's folder for temporary files. It goes away with the
// program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>

namespace cita::evidence {

class NamelessFile {
 public:
  /// False where there can be no file, or there is no room; what was there before stays.
  bool write_at(std::uint64_t offset, const void* from, std::size_t bytes);
  /// Reads what was written. Throws std::system_error where the disk does not give it back.
  void read_at(std::uint64_t offset, void* to, std::size_t bytes) const;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace cita::evidence
