#include <cita/evidence/byte_source.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/der_file.hpp>
#include <cita/evidence/pem.hpp>

#include <algorithm>
#include <utility>

namespace cita::evidence {

namespace {

class DerFile {
 public:
  DerFile(ByteSource& source, std::string_view kind, std::size_t most)
      : source_(source), pem_(kind), mark_("-----BEGIN " + std::string(kind) + "-----"), most_(most) {}

  std::optional<std::string> read(std::string& problem) {
    bool goes_on = begin();
    while (goes_on && fits() && bytes_.size() < wanted_) goes_on = read_piece();
    // Another block would follow soon.
    if (pem_.is_whole() && read_piece_of_text()) count_marks();
    const std::string too_many = " larger than " + std::to_string(most_) + " bytes";
    if (claimed_ > most_) problem = "it claims to be" + too_many;
    else if (!fits()) problem = "it is" + too_many;
    else if (source_.failed()) problem = source_.failure();
    else if (source_.is_followed()) problem = "something that is not packed stands behind what is packed";
    else if (is_pem_ && !pem_.is_whole() && bytes_.size() < wanted_) problem = "its PEM has no such block, or is broken";
    else if (marks_ > 1) problem = "it has " + std::to_string(marks_) + " such blocks; give each a file of its own";
    else if (!is_pem_ && bytes_.size() < claimed_ && static_cast<unsigned char>(bytes_.front()) == der::sequence)
      problem = "it is cut short: it has " + std::to_string(bytes_.size()) + " of the " + std::to_string(claimed_) +
                " bytes that it claims";
    else return std::move(bytes_);
    return std::nullopt;
  }

 private:
  static constexpr std::size_t piece = std::size_t{1} << 20U;

  // Characters of Base64 are a third more than what they stand for, and lines and other blocks take some.
  bool fits() const { return (claimed_ == 0 || claimed_ <= most_) && text_read_ / 2 <= most_; }

  bool begin() {
    bytes_.resize(piece);
    const std::size_t got = source_.read_on(bytes_.data(), piece);
    bytes_.resize(got);
    // Text may stand in front of it.
    is_pem_ = begins_pem(bytes_) || bytes_.find("\n" + mark_) != std::string::npos;
    if (is_pem_) {
      text_ = std::exchange(bytes_, {});
      return take_text();
    }
    expect();
    return got == piece;
  }

  bool read_piece_of_text() {
    text_.resize(piece);
    text_.resize(source_.read_on(text_.data(), piece));
    return !text_.empty();
  }

  bool read_piece() {
    if (is_pem_) {
      read_piece_of_text();
      return take_text();
    }
    const std::size_t before = bytes_.size(), wanted = std::min(piece, wanted_ - before);
    bytes_.resize(before + wanted);
    const std::size_t got = source_.read_on(bytes_.data() + before, wanted);
    bytes_.resize(before + got);
    return got == wanted;
  }

  bool take_text() {
    const bool is_last = text_.size() < piece;
    text_read_ += text_.size();
    count_marks();
    const bool goes_on = pem_.read(text_, bytes_);
    if (goes_on && is_last) pem_.end();
    if (claimed_ == 0 && !bytes_.empty()) expect();
    return goes_on && !is_last;
  }

  // Also one that begins in one piece and ends in the next.
  void count_marks() {
    const std::size_t most = mark_.size() - 1;
    const auto count = [this](std::string_view in) {
      for (std::size_t at = in.find(mark_); at != std::string_view::npos; at = in.find(mark_, at + 1)) ++marks_;
    };
    const std::string_view text = text_;
    end_ += text.substr(0, most);
    count(end_);
    count(text);
    if (text.size() >= most) end_ = text.substr(text.size() - most);
    else end_.erase(0, end_.size() - std::min(end_.size(), most));
  }

  // How much is wanted, as the beginning claims.
  void expect() {
    std::size_t header = 0;
    claimed_ = static_cast<std::size_t>(der::claimed_size(bytes_, header).value_or(0));
    wanted_ = claimed_ + 1;
    if (claimed_ > most_) return;
    bytes_.reserve(claimed_ + piece);
    use_large_pages(bytes_.data(), bytes_.capacity());
  }

  ByteSource& source_;
  PemReader pem_;
  std::string mark_, end_;  // of the first line of a block; the end of the text that was read
  std::size_t marks_ = 0;
  std::size_t most_, claimed_ = 0, wanted_ = 1, text_read_ = 0;
  std::string bytes_, text_;
  bool is_pem_ = false;
};

}  // namespace

std::optional<std::string> read_der(const std::string& path, std::string_view kind, std::size_t most, std::string& problem) {
  const auto source = ByteSource::open(path, problem);
  return source ? DerFile(*source, kind, most).read(problem) : std::nullopt;
}

}  // namespace cita::evidence
