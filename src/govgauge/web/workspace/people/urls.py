"""Addresses of people, invitations and the audit trail."""

from django.urls import path

from govgauge.web.workspace.people import accepting, invitations, people, person, scopes, trail

urlpatterns = [
    path("people/", people.show, name="people"),
    path("people/scopes", scopes.show, name="scopes"),
    path("people/invitations/", invitations.show, name="invitations"),
    path("people/invitations/new", invitations.new, name="invite"),
    path("people/invitations/<int:number>/again", invitations.again, name="invitation-again"),
    path("people/invitations/<int:number>/withdraw", invitations.withdraw, name="invitation-withdraw"),
    path("people/<int:number>/", person.show, name="person"),
    path("people/<int:number>/role", person.give, name="person-role"),
    path("people/<int:number>/role/<int:role>/end", person.end_role, name="person-role-end"),
    path("people/<int:number>/end", person.end, name="person-end"),
    path("people/<int:number>/reopen", person.reopen, name="person-reopen"),
    path("people/<int:number>/second-factors", person.drop_second_factors, name="person-second-factors"),
    path("invitation/<str:secret>/", accepting.show, name="invitation"),
    path("trail/", trail.show, name="trail"),
]
