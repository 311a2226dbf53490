from ingest.document.title import find_body


def test_a_numbered_part_of_a_body_keeps_its_number():
    """第2部会 of a council is a body of its own; other numbers are not part of the name."""
    assert find_body("第3回緑地審議会　第２部会　会議録", ()) == "緑地審議会 第２部会"
    assert find_body("第3回緑地審議会会議録", ()) == "緑地審議会"
