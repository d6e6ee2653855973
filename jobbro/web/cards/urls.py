"""Addresses of compensation cards."""

from django.urls import URLPattern, path

from . import employer, making, views

CARD = "cards/<uuid:card_id>"
OURS = "our-cards/<uuid:card_id>"

urlpatterns: list[URLPattern] = [
    path("proposals/<uuid:proposal_id>/card/make/", making.card_make, name="card_make"),
    path("citizens/<uuid:citizen_id>/cards/", views.cards, name="cards"),
    path(f"{CARD}/", views.card, name="card"),
    path(f"{CARD}/kompensationskort.pdf", views.card_pdf, name="card_pdf"),
    path(f"{CARD}/take-back/", views.card_withdraw, name="card_withdraw"),
    path("our-cards/", employer.our_cards, name="our_cards"),
    path(f"{OURS}/", employer.our_card, name="our_card"),
    path(f"{OURS}/kompensationskort.pdf", employer.our_card_pdf, name="our_card_pdf"),
]
