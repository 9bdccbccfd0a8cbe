// Where bytes come from and where they wait: packed files, PEM, DER that claims its size, and what is kept on disk.
#include "made_crl.hpp"

#include <cita/evidence/byte_source.hpp>
#include <cita/evidence/der_file.hpp>
#include <cita/evidence/pem.hpp>
#include <cita/evidence/spool.hpp>

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <system_error>

using namespace cita::evidence;

namespace {

class File {
 public:
  explicit File(const std::string& bytes) { std::ofstream(path_, std::ios::binary) << bytes; }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { std::filesystem::remove(path_); }
  std::string path() const { return path_; }

 private:
  std::filesystem::path path_ = std::filesystem::temp_directory_path() / ("cita-sources-" + std::to_string(getpid()));
};

std::string packed(const std::string& text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()), '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<unsigned>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<unsigned>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// What is read in pieces of a size, and how it ended.
std::string unpacked(const std::string& bytes, std::size_t piece = 7) {
  const File file(bytes);
  std::string problem, all, memory(piece, '\0');
  const auto source = ByteSource::open(file.path(), problem);
  REQUIRE(source);
  std::size_t got = piece;
  while (got == piece) {
    got = source->read_on(memory.data(), piece);
    all.append(memory, 0, got);
  }
  return all + (source->failed() ? " failed" : "") + (source->is_followed() ? " followed" : "");
}

std::string lines(int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += std::to_string(i * 7919) + "\n";
  return all;
}

}  // namespace

TEST_CASE("packed members that follow one another are one file") {
  CHECK(unpacked(packed("a") + packed("") + packed("bc")) == "abc");
  CHECK(unpacked(packed("a") + std::string(3, '\0')) == "a");
  CHECK(unpacked(packed("")).empty());
  // Wherever a member ends in what is read at once.
  const std::string many = lines(40'000), once = packed(many);
  std::string all, expected;
  for (int i = 0; i < 5; ++i) {
    all += once;
    expected += many;
  }
  CHECK(unpacked(all, 1'000) == expected);
  CHECK(unpacked(all, std::size_t{1} << 22U) == expected);
}

TEST_CASE("what is not packed behind what is does not go unnoticed") {
  CHECK(unpacked(packed("a") + "hello") == "a followed");
  CHECK(unpacked(packed("a") + "\x1F") == "a followed");
  CHECK(unpacked(packed("a") + std::string(200'000, '\0') + "x") == "a followed");
  CHECK(unpacked(packed("a") + std::string(1, '\0') + packed("b")) == "a followed");
  CHECK(unpacked(packed("a") + std::string("\x1F\x8B") + "hello") == "a failed");
}

TEST_CASE("a packed file that ends in the middle, or is none") {
  const std::string whole = packed(lines(100));
  for (const std::size_t size : {std::size_t{2}, std::size_t{11}, whole.size() / 2, whole.size() - 1})
    CHECK(unpacked(whole.substr(0, size)).ends_with(" failed"));
  CHECK(unpacked("\x1F\x8B").ends_with(" failed"));
  std::string wrong = whole;
  wrong[wrong.size() - 6] = static_cast<char>(wrong[wrong.size() - 6] ^ 1);
  CHECK(unpacked(wrong) == lines(100) + " failed");
}

TEST_CASE("a plain file can be read one after another too") {
  CHECK(unpacked("\x1F") == "\x1F");
  CHECK(unpacked(lines(50)) == lines(50));
}

TEST_CASE("PEM is decoded in any pieces") {
  const std::string block = made::in_pem("some bytes that fill more than a single line of Base64 text", "X509 CRL");
  const std::string text = "words before\n" + made::in_pem("other", "CERTIFICATE") + block + made::in_pem("another", "X509 CRL");
  CHECK(from_pem(text, "X509 CRL") == "some bytes that fill more than a single line of Base64 text");
  CHECK(from_pem(text, "CERTIFICATE") == "other");
  CHECK_FALSE(from_pem(text, "CMS").has_value());
  for (const std::size_t piece : {1U, 2U, 3U, 10U, 64U}) {
    PemReader reader("X509 CRL");
    std::string found;
    for (std::size_t at = 0; at < text.size(); at += piece) reader.read(text.substr(at, piece), found);
    reader.end();
    CHECK(reader.is_whole());
    CHECK(found == "some bytes that fill more than a single line of Base64 text");
  }
  std::string with_returns;
  for (const char c : block) with_returns += c == '\n' ? "\r\n" : std::string(1, c);
  CHECK(from_pem(with_returns, "X509 CRL").has_value());
  CHECK(from_pem(block.substr(0, block.size() - 1), "X509 CRL").has_value());
}

TEST_CASE("PEM that is cut short or broken is none") {
  const std::string block = made::in_pem("some bytes", "X509 CRL");
  for (std::size_t size = 0; size < block.size() - 1; ++size)
    CHECK_FALSE(from_pem(block.substr(0, size), "X509 CRL").has_value());
  for (const char* broken :
       {"-----BEGIN X509 CRL-----\nAAA\n-----END X509 CRL-----\n", "-----BEGIN X509 CRL-----\nAA!A\n-----END X509 CRL-----\n",
        "-----BEGIN X509 CRL-----\nAA==AAAA\n-----END X509 CRL-----\n", "-----BEGIN X509 CRL-----\nAAAA\n-----END CMS-----\n",
        "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL----- \nx"})
    CHECK(from_pem(broken, "X509 CRL").has_value() == std::string_view(broken).ends_with("x"));
}

TEST_CASE("of DER no more is read than it claims, and one byte") {
  const auto read = [](const std::string& bytes, std::size_t most = 1'000) {
    const File file(bytes);
    std::string problem;
    return read_der(file.path(), "X509 CRL", most, problem).value_or(problem);
  };
  const std::string value =
      "\x30\x03"
      "abc";
  CHECK(read(value) == value);
  CHECK(read(packed(value)) == value);
  CHECK(read(made::in_pem(value, "X509 CRL")) == value);
  CHECK(read(packed(made::in_pem(value, "X509 CRL"))) == value);
  CHECK(read(packed(value + std::string(3'000'000, 'x'))).starts_with(value + "x"));
  CHECK(read(packed(value + std::string(3'000'000, 'x'))).size() <= std::size_t{1} << 20U);
  CHECK(read(packed("\x30\x82\x04\x01" + std::string(3'000'000, 'x'))) == "it claims to be larger than 1000 bytes");
  CHECK(read(made::in_pem("\x30\x82\x04\x01" + std::string(3'000'000, 'x'), "X509 CRL")) ==
        "it claims to be larger than 1000 bytes");
  CHECK(read("-----BEGIN X509 CRL-----\n" + std::string(3'000, '\n')) == "it is larger than 1000 bytes");
  CHECK(read(made::in_pem(value, "CERTIFICATE")) == "its PEM has no such block, or is broken");
  CHECK(read("-----BEGIN X509 CRL-----\nMAN") == "its PEM has no such block, or is broken");
  CHECK(read(packed(value) + "hello") == "something that is not packed stands behind what is packed");
  CHECK(read(packed(value).substr(0, 12)) == "it is packed, and ends in the middle");
  CHECK(read("hello") == "hello");
  CHECK(read("").empty());
  CHECK(read(value.substr(0, 4)) == "it is cut short: it has 4 of the 5 bytes that it claims");
  const std::string block = made::in_pem(value, "X509 CRL");
  CHECK(read("Certificate Revocation List (CRL):\n" + block) == value);
  CHECK(read(made::in_pem(value, "CERTIFICATE") + block) == value);
  CHECK(read(block + "and so on\n") == value);
  CHECK(read(block + block) == "it has 2 such blocks; give each a file of its own");
  const std::string long_block = made::in_pem("\x30\x83\x0F\x42\x40" + std::string(1'000'000, 'x'), "X509 CRL");
  CHECK(read(long_block, 2'000'000).size() == 1'000'005);
  CHECK(read(long_block + block, 2'000'000) == "it has 2 such blocks; give each a file of its own");
}

TEST_CASE("what is put away can be read again, in memory and on disk") {
  for (const std::size_t memory : {std::size_t{0}, std::size_t{100}, std::size_t{1} << 20U}) {
    Spool spool(memory);
    std::string all;
    for (int i = 0; i < 50; ++i) {
      spool.append(lines(i));
      all += lines(i);
    }
    REQUIRE(spool.size() == all.size());
    std::string found(all.size(), '\0');
    spool.read_at(0, found.data(), found.size());
    CHECK(found == all);
    for (std::size_t at = 0; at + 30 < all.size(); at += 997) {
      spool.read_at(at, found.data(), 30);
      CHECK(found.substr(0, 30) == all.substr(at, 30));
    }
  }
}

TEST_CASE("what the disk does not give back is an error that says so") {
  Spool spool(0);
  spool.append("hello");
  // The file without a name is the only one that is open and has none.
  bool is_cut = false;
  for (int file = 3; file < 64; ++file) {
    struct stat status {};
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_nlink != 0 || status.st_size != 5) continue;
    REQUIRE(ftruncate(file, 0) == 0);
    is_cut = true;
  }
  REQUIRE(is_cut);
  char read[5];
  CHECK_THROWS_WITH_AS(spool.read_at(0, read, 5), doctest::Contains("what was put on disk cannot be read back"),
                       std::system_error);
}
