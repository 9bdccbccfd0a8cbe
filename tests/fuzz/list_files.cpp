// Whole lists, with what their rows add up to: on one thread or several, in blocks of any size, packed or plain.
#include "certificates.hpp"
#include "fuzz.hpp"

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

using namespace cita;
using namespace cita::evidence;

namespace {

// A file without a place in any folder.
class File {
 public:
  explicit File(std::string_view bytes) : file_(memfd_create("list", 0)) {
    fuzz::require(write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "the file is written");
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { close(file_); }
  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

std::string packed(std::string_view text) {
  z_stream stream{};
  constexpr int gzip = 15 + 16;
  deflateInit2(&stream, 1, Z_DEFLATED, gzip, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  std::string in(text);
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string answer(const File& file, unsigned threads, std::size_t block) {
  fuzz::Question question;
  question.report.files = {"list", "list"};
  question.how.threads = threads;
  question.how.block = block;
  return question.answer(
      read_lists({file.path(), file.path()}, question.how, [&] { return std::make_unique<RevocationTally>(question.tally); }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::bytes_of(data, size);
  const File plain(text);
  const std::string expected = answer(plain, 1, std::size_t{1} << 16U);
  const std::size_t moving = size > 0 ? 20 + data[size / 2] : 20;
  fuzz::require(answer(plain, 2, moving) == expected, "threads and cuts change nothing");
  // What already looks packed would be unpacked twice.
  if (!text.starts_with("\x1F\x8B")) fuzz::require(answer(File(packed(text)), 1, moving) == expected, "packing changes nothing");
  return 0;
}
