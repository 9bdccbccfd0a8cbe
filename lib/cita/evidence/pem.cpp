#include <cita/evidence/openssl.hpp>
#include <cita/evidence/pem.hpp>

#include <openssl/evp.h>

#include <algorithm>
#include <limits>

namespace cita::evidence {

namespace {

constexpr std::string_view begin_mark = "-----BEGIN ", after_mark = "-----";
// No mark is longer, so no more of a line is kept.
constexpr std::size_t most_line = 128;

}  // namespace

struct PemReader::Decoder {
  std::unique_ptr<EVP_ENCODE_CTX, ssl::Freed<EVP_ENCODE_CTX_free>> context{EVP_ENCODE_CTX_new()};
};

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

bool begins_pem(std::string_view beginning) { return without_byte_order_mark(beginning).starts_with(begin_mark); }

PemReader::PemReader(std::string_view kind)
    : first_(std::string(begin_mark).append(kind).append(after_mark)),
      end_mark_(std::string("-----END ").append(kind).append(after_mark)),
      decoder_(std::make_unique<Decoder>()) {
  EVP_DecodeInit(decoder_->context.get());
}

PemReader::~PemReader() = default;

bool PemReader::read(std::string_view text, std::string& to) {
  const auto goes_on = [this] { return state_ != State::whole && state_ != State::broken; };
  while (!text.empty() && goes_on()) {
    if (state_ == State::inside) {
      const std::size_t size = std::min(text.find('-'), text.size());
      decode(text.substr(0, size), to);
      text.remove_prefix(size);
      if (!text.empty() && state_ == State::inside) finish(to);
      continue;
    }
    const std::size_t size = std::min(text.find('\n'), text.size());
    line_ += text.substr(0, std::min(size, most_line - line_.size()));
    const bool is_whole_line = size < text.size();
    text.remove_prefix(is_whole_line ? size + 1 : size);
    if (is_whole_line) read_line();
  }
  return goes_on();
}

void PemReader::read_line() {
  line_.erase(line_.find_last_not_of(" \t\r") + 1);
  if (state_ == State::before && without_byte_order_mark(line_) == first_) state_ = State::inside;
  else if (state_ == State::at_end) state_ = line_ == end_mark_ ? State::whole : State::broken;
  line_.clear();
}

void PemReader::decode(std::string_view text, std::string& to) {
  constexpr std::size_t most_kept = 64;  // characters that the decoder has from before
  while (!text.empty()) {
    const std::string_view part = text.substr(0, static_cast<std::size_t>(std::numeric_limits<int>::max() / 2));
    const std::size_t before = to.size();
    int got = 0;
    to.resize(before + part.size() + most_kept);
    const int result = EVP_DecodeUpdate(decoder_->context.get(), reinterpret_cast<unsigned char*>(to.data() + before), &got,
                                        ssl::octets(part), static_cast<int>(part.size()));
    to.resize(before + static_cast<std::size_t>(got));
    if (result < 0) {
      state_ = State::broken;
      return;
    }
    text.remove_prefix(part.size());
  }
}

void PemReader::finish(std::string& to) {
  unsigned char rest[64];
  int got = 0;
  state_ = EVP_DecodeFinal(decoder_->context.get(), rest, &got) < 0 ? State::broken : State::at_end;
  if (state_ == State::at_end) to.append(reinterpret_cast<const char*>(rest), static_cast<std::size_t>(got));
}

std::optional<std::string> from_pem(std::string_view text, std::string_view kind) {
  PemReader reader(kind);
  std::string found;
  if (reader.read(text, found)) reader.end();
  if (!reader.is_whole()) return std::nullopt;
  return found;
}

}  // namespace cita::evidence
